import type {Duplex} from 'node:stream';
import type {AgentOs} from '../../../src/protocol/names.ts';

/** A pod that runs an agent. */
export interface AgentPod {
  namespace: string;
  name: string;
  node: string;
  os: AgentOs;
}

export type TransportName = 'port-forward' | 'exec';

/** A way to an agent. */
export interface AgentTransport {
  readonly name: TransportName;
  /**
   * Opens a stream of bytes to the agent in a pod. Throws `ApiStatusError` or `ConnectionError`; what goes wrong later, as
   * a port on which nothing listens, destroys the stream with an error in words.
   */
  open(pod: AgentPod, signal: AbortSignal): Promise<Duplex>;
}
