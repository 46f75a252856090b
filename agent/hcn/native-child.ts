import {writeSync} from 'node:fs';
import {runSystems} from '../hcs/systems.ts';
import {runFamily} from './child.ts';
import type {Emit} from './events.ts';
import {FAMILIES, isFamily} from './families.ts';
import {nativeHcn} from './native.ts';

const STDOUT = 1;

/**
 * The program as a child: `hcn <family>` or `hcs` behind the word `child`. Answers whether it knows the arguments. It writes
 * synchronously, as the next native call may never return.
 */
export function runNativeChild(args: readonly string[]): boolean {
  const [what, family] = args;
  if (what === 'hcs') runSystems(emit);
  else if (what === 'hcn' && isFamily(family)) runFamily(nativeHcn(), FAMILIES[family], emit);
  else return false;
  return true;
}

const emit: Emit = event => {
  let rest = Buffer.from(`${JSON.stringify(event)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
};
