import {readFile} from 'node:fs/promises';
import type {Check, ProfileName} from '../../src/checks/define.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {selectChecks} from '../../src/checks/profiles.ts';
import {comparing, parseBaseline} from '../../src/report/baseline.ts';
import type {Sieve} from '../../src/report/build.ts';
import {EXIT} from '../../src/report/exit.ts';
import {ignoring, parseIgnoreFile} from '../../src/report/ignore.ts';
import {millis} from '../../src/snapshot/time.ts';
import {UserError} from '../errors.ts';
import {fileFault} from '../file-fault.ts';

/** Which checks to run; flags of `doctor` and `lint`, which has no profile: manifests say what they are. */
export interface CheckFlags {
  profile?: ProfileName;
  check?: string[] | undefined;
  skip?: string[] | undefined;
}

/** The checks that flags ask for. Throws a `UserError` that names the nearest id. */
export function checksFor({profile, check = [], skip = []}: CheckFlags): readonly Check[] {
  const selection = selectChecks(CHECKS, {...(profile && {profile}), only: check, skip});
  if (typeof selection !== 'string') return selection;
  throw new UserError(selection, {
    code: 'unknown-check',
    fix: ['All checks: `kubectl win explain --list`'],
    exitCode: EXIT.usage,
  });
}

/** What is left out of a report (`--ignore`, `--baseline`), and what to say about it afterwards. */
export interface Sieves {
  sieves: Sieve[];
  notes(): string[];
}

/** Reads the files of `--ignore` and `--baseline`. */
export async function sievesFor(
  flags: {ignore?: string | undefined; baseline?: string | undefined},
  now: string,
): Promise<Sieves> {
  const parts: {sieve: Sieve; notes(): string[]}[] = [];
  if (flags.ignore !== undefined) {
    const file = parseIgnoreFile(await readInput(flags.ignore, '--ignore'));
    if (!file.ok) {
      const [first] = file.errors;
      throw new UserError(`${flags.ignore}:${first?.line ?? 1}: ${first?.message ?? 'cannot be read'}`, {
        code: 'ignore-file',
        fix: file.errors.slice(1).map(e => `also line ${e.line}: ${e.message}`),
        exitCode: EXIT.usage,
      });
    }
    parts.push(ignoring(file.entries, millis(now) ?? 0));
  }
  if (flags.baseline !== undefined) {
    const file = parseBaseline(await readInput(flags.baseline, '--baseline'));
    if (!file.ok) {
      throw new UserError(`${flags.baseline}: ${file.message}`, {code: 'baseline', exitCode: EXIT.usage});
    }
    parts.push(comparing(file.baseline));
  }
  return {sieves: parts.map(p => p.sieve), notes: () => parts.flatMap(p => p.notes())};
}

async function readInput(path: string, flag: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`${flag} ${path} cannot be read: ${fileFault(error)}`, {
      code: 'input-file',
      exitCode: EXIT.usage,
      cause: error,
    });
  }
}
