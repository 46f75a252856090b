import type {Child} from '../child/child.ts';
import {runFamily} from './child.ts';
import {emit} from './emit.ts';
import {FAMILIES} from './families.ts';
import type {FamilyName} from './families.ts';
import {nativeHcn} from './native.ts';

/** The child process that asks HNS for a family. */
export const hnsChild =
  (family: FamilyName): Child =>
  async () =>
    runFamily(nativeHcn(), FAMILIES[family], emit);
