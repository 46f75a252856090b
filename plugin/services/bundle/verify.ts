import {createHash} from 'node:crypto';
import {MANIFEST_FILE} from '../../../src/bundle/own-files.ts';
import type {FileContent} from '../../../src/capture/files.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {visible} from '../../../src/report/visible.ts';
import {UserError} from '../../errors.ts';
import type {OpenOptions} from '../../capture/open.ts';
import {openBundle} from './open-bundle.ts';

/** What does not agree with a bundle's manifest. */
export interface Verification {
  checked: number;
  faults: string[];
}

/** Compares every file of a bundle with its manifest. Throws a `UserError` where it has none. */
export async function verifyBundle(path: string, how: OpenOptions): Promise<Verification> {
  const {files, listed, root, manifest} = await openBundle(path, {...how, hashes: true});
  if (!manifest) {
    const end = files.damage === undefined ? '' : ', and was damaged or cut short';
    throw new UserError(`${path} has no manifest${end}: nothing says what it should hold`, {
      code: 'no-manifest',
      fix: [
        '`kubectl win bundle inspect` says what it is',
        '`kubectl win bundle` makes bundles with a manifest',
      ],
    });
  }
  const wanted = new Map(manifest.files.map(file => [root + file.path, file]));
  const faults: string[] = [];
  let checked = 0;
  // Nothing of a file is kept: its hash says all, however large it is.
  for await (const content of files.read(new Set(wanted.keys()), {atMost: () => 0})) {
    const {path: at} = content;
    const file = wanted.get(at);
    if (!file) continue;
    wanted.delete(at);
    checked++;
    const sha256 = hashOf(content);
    if (sha256 === undefined) faults.push(`${visible(file.path)}: ${visible(content.problem ?? 'not read')}`);
    else if (sha256 !== file.sha256)
      faults.push(`${visible(file.path)} is another than the one that was collected`);
  }
  for (const {path: name} of wanted.values()) faults.push(`${visible(name)} is not there`);
  const known = new Set(manifest.files.map(file => root + file.path));
  for (const {path: at} of listed)
    if (!known.has(at) && at !== root + MANIFEST_FILE) faults.push(`${visible(at)} is in no manifest`);
  if (files.damage !== undefined) faults.push(visible(files.damage));
  // Links, special files, names that stand there twice: who unpacks it gets what was not looked at here.
  faults.push(...files.notes.map(visible));
  return {checked, faults: faults.sort()};
}

/** The hash of a file; undefined where it could not be read to its end. */
function hashOf({sha256, problem, bytes}: FileContent): string | undefined {
  if (sha256 !== undefined || problem !== undefined) return sha256;
  return createHash('sha256').update(bytes).digest('hex');
}

/** Verifies and says so; answers the exit code. */
export async function showVerification(path: string, how: OpenOptions): Promise<number> {
  const {checked, faults} = await verifyBundle(path, how);
  const lines = faults.length === 0 ? [`${checked} files are as they were collected`] : faults;
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
  return faults.length === 0 ? EXIT.ok : EXIT.findings;
}
