import {createInterface} from 'node:readline/promises';
import {EXIT} from '../../src/report/exit.ts';
import {UserError} from '../errors.ts';

/** Asks on a terminal whether to go on; elsewhere nobody could answer, and `--yes` is needed. Throws a `UserError` on no. */
export async function confirmed(yes: boolean, signal: AbortSignal): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UserError('nothing was changed: nobody can be asked here', {
      code: 'not-confirmed',
      fix: ['say `--yes` to go on without a question'],
      exitCode: EXIT.usage,
    });
  }
  const prompt = createInterface({input: process.stdin, output: process.stderr});
  try {
    const answer = await prompt.question('Go on? [y/N] ', {signal});
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    prompt.close();
  }
  throw new UserError('nothing was changed', {code: 'not-confirmed'});
}
