import type {ProbeWay} from '../../../src/protocol/probes/lines.ts';

/** A network that this process is in. */
export interface Entered {
  readonly way: ProbeWay;
  /**
   * Looks whether it still is the network of its pod: undefined, or in one clause why not. A result got in between is worth
   * nothing then.
   */
  gone(): string | undefined;
}

/** The network is not there, or cannot be entered. */
export class EnterError extends Error {
  override readonly name = 'EnterError';
  readonly error: 'gone' | 'unsupported' | 'failed';

  constructor(error: EnterError['error'], detail: string, cause?: unknown) {
    super(detail, {cause});
    this.error = error;
  }
}
