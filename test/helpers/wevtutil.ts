import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildOnce} from '../../scripts/cache/build-once.ts';
import {cacheRoot} from '../../scripts/cache/places.ts';
import {insidePath, putSystemFile} from './wine.ts';
import type {WinePrefix} from './wine.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'windows', 'wevtutil', 'wevtutil.c');
const COMPILER = '/usr/bin/x86_64-w64-mingw32-gcc';
const FLAGS = ['-O1', '-Wall', '-Wextra', '-Werror', '-s', '-static'];

/** Puts the stand-in for wevtutil into a prefix, with answers by file name (`windows/wevtutil/README.md`). */
export async function putWevtutil(prefix: WinePrefix, answers: Record<string, string>): Promise<void> {
  putSystemFile(prefix, join(await compiled(), 'wevtutil.exe'));
  for (const [name, text] of Object.entries(answers)) putAnswer(prefix, name, text);
}

/** Puts one answer, also while the agent runs. */
export function putAnswer(prefix: WinePrefix, name: string, text: string): void {
  writeFileSync(insidePath(prefix, `C:\\events\\${name}`), text);
}

/** The arguments of each call so far. */
export function wevtutilCalls(prefix: WinePrefix): string[][] {
  const calls = insidePath(prefix, 'C:\\events\\calls.txt');
  if (!existsSync(calls)) return [];
  const lines = readFileSync(calls, 'utf8').trim().split('\n');
  return lines.map(line => line.split('\t'));
}

async function compiled(): Promise<string> {
  if (!existsSync(COMPILER))
    throw new Error(
      'the cross-compiler is missing: run scripts/test-packages, which installs gcc-mingw-w64-x86-64',
    );
  const key = createHash('sha256').update(JSON.stringify(FLAGS)).update(readFileSync(SOURCE)).digest('hex');
  return buildOnce(join(cacheRoot, 'wevtutil', key.slice(0, 16)), {
    what: 'a stand-in for wevtutil (a second)',
    say: line => console.error(line),
    make: async folder => {
      execFileSync(COMPILER, [...FLAGS, '-o', join(folder, 'wevtutil.exe'), SOURCE]);
      await Promise.resolve();
    },
  });
}
