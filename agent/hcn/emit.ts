import {writeSync} from 'node:fs';
import type {Emit} from './events.ts';

const STDOUT = 1;

/** Writes an event to standard output at once: the next native call may never return. */
export const emit: Emit = event => {
  let rest = Buffer.from(`${JSON.stringify(event)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
};
