import type {Network} from '../child-setup.ts';
import type {Entered} from './entered.ts';

/** Enters a network. It must come before the process makes its first socket. Throws an `EnterError`. */
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
