import {providerOfNode} from '../../../kube/provider.ts';
import type {Provider} from '../../../kube/provider.ts';
import type {Node} from '../../../kube/types.ts';

/** Where kube-proxy of Windows nodes is a service or child process, and no pod (facts: provider node scripts). */
const AS_SERVICE: ReadonlySet<Provider> = new Set(['aks', 'eks', 'gke', 'openshift', 'rke2']);

/** The provider of a node on which kube-proxy is no pod; `undefined` where it may be one. */
export function runsAsService(node: Node): Provider | undefined {
  const provider = providerOfNode(node);
  return provider !== undefined && AS_SERVICE.has(provider) ? provider : undefined;
}
