import {writeSync} from 'node:fs';
import {AGENT_PROGRAM} from '../src/protocol/names.ts';

const STDERR = 2;
/** The exit codes of the project (usage, could not run) by the names of errors, as each part has classes of its own. */
const EXIT: Readonly<Record<string, number>> = {UsageError: 2, ListenError: 3};
/** A fault of our own. */
const EXIT_BUG = 70;

void main(process.argv.slice(2));

/**
 * The packaged program keeps each of the two parts as a script of its own (`scripts/programs/recipes.ts`): to read the server's takes
 * longer than most children work.
 */
async function main([word, ...args]: readonly string[]): Promise<void> {
  try {
    if (word === 'child') await (await import('./child/children.ts')).runChildNamed(args);
    else await (await import('./commands.ts')).runCommand(word === undefined ? [] : [word, ...args]);
  } catch (error) {
    const code = error instanceof Error ? EXIT[error.name] : undefined;
    const text = error instanceof Error ? error[code === undefined ? 'stack' : 'message'] : undefined;
    writeSync(STDERR, `${AGENT_PROGRAM}: ${text ?? String(error)}\n`);
    process.exitCode = code ?? EXIT_BUG;
  }
}
