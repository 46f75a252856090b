import {CHECKS} from '../../src/checks/index.ts';
import {commands} from '../commands.ts';
import {complete} from './complete.ts';
import {liveNames} from './live.ts';
import {printed} from './protocol.ts';
import {specsOf} from './spec.ts';

/** Prints what fits after these words: `kubectl-win __complete WORD…` is how shells and kubectl ask. */
export async function printCompletion(words: readonly string[]): Promise<void> {
  const found = await complete(words, {commands: specsOf(commands), checks: CHECKS, live: liveNames});
  process.stdout.write(printed(found));
}
