import type {ProbeLine} from '../../src/protocol/probes/lines.ts';
import type {ProbeKind, ProbesRequest} from '../../src/protocol/probes/orders.ts';

/** How the server has probes run. */
export interface ProbeRunner {
  readonly kinds: readonly ProbeKind[];
  /** Gives a line for each order as it ends; ends early when the signal fires. */
  run(request: ProbesRequest, signal: AbortSignal): AsyncIterable<ProbeLine>;
}

/** An agent that runs none. */
export const NO_PROBES: ProbeRunner = {
  kinds: [],
  async *run() {},
};
