import {programOf} from '../../../node/processes.ts';
import type {NodeProcess} from '../../../node/processes.ts';

/** Name of the network that kube-proxy serves, by its flag; undefined where that is not known. */
export function kubeProxyNetwork(processes: readonly NodeProcess[]): string | undefined {
  const proxy = processes.find(p => /^kube-?proxy(?:\.exe)?$/i.test(programOf(p)));
  return proxy?.flags?.['network-name'];
}
