import {CATALOGUE} from '../../src/checks/catalogue.ts';
import {complete} from './complete.ts';
import {liveNames} from './live.ts';
import {printed} from './protocol.ts';
import {SPECS} from './specs.ts';

/** Prints what fits after these words: `kubectl-win __complete WORD…` is how shells and kubectl ask. */
export async function printCompletion(words: readonly string[]): Promise<void> {
  const found = await complete(words, {commands: SPECS, checks: CATALOGUE, live: liveNames});
  process.stdout.write(printed(found));
}
