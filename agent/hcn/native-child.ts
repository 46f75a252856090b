import {writeSync} from 'node:fs';
import type {Child} from '../child/children.ts';
import {runSystems} from '../hcs/systems.ts';
import {runFamily} from './child.ts';
import type {Emit} from './events.ts';
import {FAMILIES} from './families.ts';
import type {FamilyName} from './families.ts';
import {nativeHcn} from './native.ts';

const STDOUT = 1;

/** The child process that asks HNS for a family. */
export const hnsChild =
  (family: FamilyName): Child =>
  async () =>
    runFamily(nativeHcn(), FAMILIES[family], emit);

/** The child process that asks HCS for its compute systems. */
export const hcsChild: Child = async () => runSystems(emit);

/** Writes at once: the next native call may never return. */
const emit: Emit = event => {
  let rest = Buffer.from(`${JSON.stringify(event)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
};
