import type {Child} from '../child/child.ts';
import {checked, textOf} from '../hcn/call.ts';
import {attempt} from '../hcn/child.ts';
import {emit} from '../hcn/emit.ts';
import {elementTexts} from '../hcn/raw-json.ts';
import {bindHcs} from './bindings.ts';
import type {HcsFunctions} from './bindings.ts';

const SYSTEMS_FILE = 'hcs/systems.json';
/** Shorter than the child's own deadline, so that HCS itself can say that it was too slow. */
const WAIT_MS = 6000;

/** Raw JSON of all compute systems: an array of `{Id, SystemType, Owner, RuntimeOsType, State, …}`. Throws `HcnError`. */
export function systemsText(hcs: HcsFunctions): string {
  const operation = hcs.createOperation(null, null);
  if (operation === null) throw new Error('HcsCreateOperation answered no operation');
  try {
    checked('HcsEnumerateComputeSystems', () => hcs.enumerate(null, operation));
    return textOf('HcsEnumerateComputeSystems', (text, error) => {
      const hresult = hcs.wait(operation, WAIT_MS, text);
      error[0] = text[0];
      return hresult;
    });
  } finally {
    hcs.closeOperation(operation);
  }
}

/** The child process that asks HCS for its compute systems and writes them one by one. */
export const systemsChild: Child = async () =>
  attempt(SYSTEMS_FILE, emit, () => {
    for (const text of elementTexts(systemsText(bindHcs()))) emit({event: 'item', file: SYSTEMS_FILE, text});
  });
