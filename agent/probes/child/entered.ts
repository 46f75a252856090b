import type {ProbeWay} from '../../../src/protocol/probes/lines.ts';
import type {Network} from '../child-setup.ts';

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

/** Enters a network. It must come before the process makes its first socket. Throws an {@link EnterError}. */
export async function enter(network: Network): Promise<Entered> {
  switch (network.kind) {
    case 'host':
      return {way: 'host', gone: () => undefined};
    case 'netns': {
      // Each loads its system's functions.
      const {enterNetns} = await import('./netns.ts');
      return enterNetns(network.path);
    }
    case 'compartment': {
      const {enterCompartment, thisWindows} = await import('./compartment.ts');
      return enterCompartment(network.namespace, thisWindows());
    }
    default:
      return network satisfies never;
  }
}
