import type {TestCluster} from './cluster.ts';
import {healthyWithAgents} from './cluster.ts';
import type {TestNode} from './node-files.ts';
import type {Json} from './raw.ts';

/** The healthy cluster with one thing changed in what the agent of `win-1` tells. */
export function onWin1(edit: (node: TestNode) => void): TestCluster {
  return healthyWithAgents().onNode('win-1', edit);
}

/** What of HNS's lists changes: of v1's answer, and of v2's. */
export interface HnsChange {
  v1?: (list: Json[]) => void;
  v2?: (list: Json[]) => void;
}

/** The same with lists of HNS changed; each change is of one generation's answer. */
export function hnsOf(kind: 'networks' | 'endpoints' | 'namespaces', change: HnsChange): TestCluster {
  return onWin1(node => changeHns(node, kind, change));
}

/** Changes lists of HNS on a node. */
export function changeHns(
  node: TestNode,
  kind: 'networks' | 'endpoints' | 'namespaces',
  {v1, v2}: HnsChange,
): void {
  if (v1) node.change(`hns/v1-${kind}.json`, v1);
  if (v2) node.change(`hns/${kind}.json`, v2);
}

/** Changes the objects of both answers alike that a predicate chooses by their name. */
export function inBoth(name: RegExp, edit: (object: Json) => void): Required<HnsChange> {
  const change = (list: Json[]): void => {
    for (const object of list) if (name.test(object.Name)) edit(object);
  };
  return {v1: change, v2: change};
}

/** The endpoint of the one pod on `win-1`. */
export const POD_ENDPOINT = /_flannel\.4096$/;

/** An endpoint that kube-proxy makes of a backend elsewhere, as v2 and v1 answer it, put into both lists. */
export function remoteEndpoint(ip: string): Required<HnsChange> {
  const id = `0e5e0000-0000-4000-8000-${ip
    .split('.')
    .map(n => n.padStart(3, '0'))
    .join('')}`;
  return {
    v2: list =>
      list.push({
        ID: id,
        Name: 'Ethernet',
        HostComputeNetwork: list[0].HostComputeNetwork,
        IpConfigurations: [{IpAddress: ip, PrefixLength: 24}],
        Policies: [{Type: 'ProviderAddress', Settings: {ProviderAddress: '192.168.10.12'}}],
        MacAddress: '02-11-0a-f4-02-2a',
        Flags: 1,
      }),
    v1: list =>
      list.push({
        ID: id.toUpperCase(),
        Name: 'Ethernet',
        VirtualNetwork: list[0].VirtualNetwork,
        IPAddress: ip,
        IsRemoteEndpoint: true,
        MacAddress: '02-11-0A-F4-02-2A',
        State: 1,
        SharedContainers: [],
        Policies: [{Type: 'PA', PA: '192.168.10.12'}],
      }),
  };
}

/** The healthy cluster with these exceptions in the `OutBoundNAT` policy of the pod on `win-1`; without them, with no such policy. */
export function natExceptionsOf(
  exceptions: string[] | undefined,
  cluster = healthyWithAgents(),
): TestCluster {
  const change = inBoth(POD_ENDPOINT, endpoint => {
    if (!exceptions) endpoint.Policies = endpoint.Policies.filter((p: Json) => p.Type !== 'OutBoundNAT');
    for (const policy of endpoint.Policies) {
      if (policy.Type !== 'OutBoundNAT') continue;
      if (policy.Settings) policy.Settings.Exceptions = exceptions;
      else policy.ExceptionList = exceptions;
    }
  });
  return cluster.onNode('win-1', node => changeHns(node, 'endpoints', change));
}
