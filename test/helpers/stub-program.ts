import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {buildOnce} from '../../scripts/cache/build-once.ts';
import {cacheRoot} from '../../scripts/cache/places.ts';
import {wine, wineEnv} from './wine-template.ts';
import {insidePath} from './wine.ts';
import type {WinePrefix} from './wine.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'windows', 'stub-program', 'program.c');
const COMPILER = '/usr/bin/x86_64-w64-mingw32-gcc';
const FLAGS = ['-municode', '-O1', '-Wall', '-Wextra', '-Werror', '-s'];
const NAME = 'program.exe';

/** Compiles `windows/stub-program`, once for each state of its source; answers the program's path. */
async function stubProgram(): Promise<string> {
  if (!existsSync(COMPILER))
    throw new Error(
      'the cross-compiler is missing: run scripts/test-packages, which installs gcc-mingw-w64-x86-64',
    );
  const hash = createHash('sha256').update(JSON.stringify(FLAGS)).update(readFileSync(SOURCE));
  const folder = await buildOnce(join(cacheRoot, 'stub-program', hash.digest('hex').slice(0, 16)), {
    what: 'the stub of programs of Windows (a second)',
    say: line => console.error(line),
    make: async half => {
      execFileSync(COMPILER, [...FLAGS, '-o', join(half, NAME), SOURCE]);
      await Promise.resolve();
    },
  });
  return join(folder, NAME);
}

/** A stand-in for a program of Windows. */
export interface StubProgram {
  /** What it prints when it is called with exactly these arguments. */
  answer(args: readonly string[], output: string | Uint8Array): void;
  /** What it prints whatever its arguments. */
  always(output: string | Uint8Array): void;
  /** Without an answer it hangs. */
  hang(): void;
  /** Command lines with which it was called. */
  calls(): string[];
}

/** Puts a stand-in at a path below `C:\windows\system32`: `WindowsPowerShell\v1.0\powershell.exe`. */
export async function putProgram(prefix: WinePrefix, path: string): Promise<StubProgram> {
  const target = insidePath(prefix, `C:\\windows\\system32\\${path}`);
  // Wine's own is a hard link into the template.
  rmSync(target, {force: true});
  copyFileSync(await stubProgram(), target);
  // For some programs Wine takes its own whatever lies there.
  const overrides = 'HKCU\\Software\\Wine\\DllOverrides';
  const native = ['/v', basename(target), '/d', 'native', '/f'];
  execFileSync(wine(), ['reg', 'add', overrides, ...native], {env: wineEnv(prefix.path), stdio: 'ignore'});
  return {
    answer: (args, output) =>
      writeFileSync(`${target}.${args.join('_').replaceAll(/[^A-Za-z\d]/g, '_')}.txt`, output),
    always: output => writeFileSync(`${target}.txt`, output),
    hang: () => writeFileSync(`${target}.hang`, ''),
    calls: () =>
      existsSync(`${target}.calls`) ? readFileSync(`${target}.calls`, 'utf8').trim().split('\n') : [],
  };
}
