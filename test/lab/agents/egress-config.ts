import {writeFileSync} from 'node:fs';
import type {LabDir} from '../parts/places.ts';

/** Where a kubelet listens unless its node's status says otherwise; no node of a scene does. */
export const KUBELET_PORT = 10_250;

/** Writes the API server's egress selection; answers its file and the socket that the proxy must listen on. */
export function writeEgressConfig(lab: LabDir): {file: string; socket: string} {
  const file = lab.path('egress.json');
  const socket = lab.path('egress.sock');
  const config = {
    apiVersion: 'apiserver.k8s.io/v1beta1',
    kind: 'EgressSelectorConfiguration',
    egressSelections: [
      {
        name: 'cluster',
        connection: {proxyProtocol: 'HTTPConnect', transport: {uds: {udsName: socket}}},
      },
    ],
  };
  writeFileSync(file, JSON.stringify(config));
  return {file, socket};
}
