import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';

const AGE = '/usr/bin/age';

/** A pair of keys that the real `age-keygen` made: the file of the identity, and the recipient. */
export function ageKeys(folder: string, name: string): {identity: string; recipient: string} {
  if (!existsSync(AGE)) throw new Error('age is missing: scripts/test-packages installs it');
  const identity = join(folder, `${name}.txt`);
  execFileSync('/usr/bin/age-keygen', ['-o', identity], {stdio: 'ignore'});
  return {
    identity,
    recipient: execFileSync('/usr/bin/age-keygen', ['-y', identity], {encoding: 'utf8'}).trim(),
  };
}

/** Runs the real `age`. */
export function age(args: readonly string[], input?: Uint8Array): Buffer {
  return execFileSync(AGE, args, {maxBuffer: 64 * 1024 * 1024, ...(input && {input})});
}
