import type {CollectContext, CollectedFile} from '../collect/collector.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
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

/** A file of JSON, indented as crictl prints it. */
export function jsonFile(
  file: string,
  source: string,
  {value, partial}: {value: unknown; partial?: Missing | undefined},
): CollectedFile {
  return {
    file,
    source,
    body: `${JSON.stringify(value, null, 2)}\n`,
    ...(partial && {partial: {reason: partial.reason, detail: partial.detail}}),
  };
}
