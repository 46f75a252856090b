import type {CollectContext} from '../collect/collector.ts';
import {connectRuntime} from './client.ts';
import type {RuntimeClient} from './client.ts';
import {findEndpoint} from './endpoint.ts';

/** What the collectors of the runtime are made with. */
export interface RuntimePorts {
  /** Pipes and sockets where a runtime may listen, the likeliest first. */
  endpoints: readonly string[];
  /** Milliseconds until a call must have answered. */
  callMs?: number;
}

/** Namespace of Kubernetes in containerd's own services. */
export const KUBERNETES_NAMESPACE = 'k8s.io';

/** Lends a connection to the node's runtime and closes it afterwards. */
export async function withRuntime<T>(
  {endpoints, callMs}: RuntimePorts,
  {signal}: CollectContext,
  use: (client: RuntimeClient) => Promise<T>,
): Promise<T> {
  const path = await findEndpoint(endpoints, signal);
  const client = await connectRuntime(path, {
    signal,
    namespace: KUBERNETES_NAMESPACE,
    ...(callMs !== undefined && {callMs}),
  });
  try {
    return await use(client);
  } finally {
    client.close();
  }
}
