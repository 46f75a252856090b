/** What is counted while the agent serves. Labels come from fixed sets, so their number is bounded. */
export interface Observer {
  /** A request was answered. */
  request(route: string, status: number, ms: number): void;
  /** A collector made a file, or could not. */
  line(collector: string, outcome: string, ms: number): void;
}

/** Counts nothing: metrics were not asked for. */
export const NO_OBSERVER: Observer = {request: () => undefined, line: () => undefined};
