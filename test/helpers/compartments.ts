import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildOnce} from '../../scripts/cache/build-once.ts';
import {cacheRoot} from '../../scripts/cache/places.ts';
import {putSystemFile} from './wine.ts';
import type {WinePrefix} from './wine.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'windows', 'compartments', 'compartments.c');
const TOOLS = '/usr/bin/x86_64-w64-mingw32';
const FLAGS = ['-O1', '-Wall', '-Wextra', '-Werror', '-s', '-shared'];
const OWN_CALLS = ['SetCurrentThreadCompartmentId', 'GetCurrentThreadCompartmentId'];
/** Wine's own library under another name, without the extension. */
const REAL = 'iphlpreal';
/** Wine takes a file that holds this for a mark of its own library of that name, and looks for that elsewhere. */
const BUILTIN = 'Wine builtin DLL';

/** Environment of programs that shall call the stand-in. */
export const WITH_COMPARTMENTS = {WINEDLLOVERRIDES: 'iphlpapi=n'} as const;

/** Gives a prefix the calls of network compartments (`windows/compartments/README.md`). */
export async function putCompartments(prefix: WinePrefix): Promise<void> {
  const folder = await compiled(join(prefix.driveC, 'windows', 'system32', 'iphlpapi.dll'));
  for (const name of ['iphlpapi.dll', `${REAL}.dll`]) putSystemFile(prefix, join(folder, name));
}

/** Calls that programs made, in their order: `set 7`. Throws where they came from several threads of one program. */
export function compartmentCalls(folder: string): string[] {
  const file = join(folder, 'compartments.txt');
  if (!existsSync(file)) return [];
  const calls = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => line.split(' '));
  if (new Set(calls.map(([, , thread]) => thread)).size > 1)
    throw new Error('calls came from several threads');
  return calls.map(([call, compartment]) => `${call} ${compartment}`);
}

async function compiled(wines: string): Promise<string> {
  if (!existsSync(`${TOOLS}-gcc`))
    throw new Error(
      'the cross-compiler is missing: run scripts/test-packages, which installs gcc-mingw-w64-x86-64',
    );
  const key = createHash('sha256').update(JSON.stringify(FLAGS));
  for (const file of [SOURCE, wines]) key.update(readFileSync(file));
  return buildOnce(join(cacheRoot, 'compartments', key.digest('hex').slice(0, 16)), {
    what: 'a stand-in for iphlpapi.dll (a second)',
    say: line => console.error(line),
    make: async folder => {
      const real = readFileSync(wines);
      const mark = real.indexOf(BUILTIN);
      if (mark < 0) throw new Error(`${wines} is not Wine's own`);
      writeFileSync(join(folder, `${REAL}.dll`), real.fill(0, mark, mark + BUILTIN.length));
      const exported = exportsOf(wines).map(name => `${name} = ${REAL}.${name}`);
      const definition = join(folder, 'iphlpapi.def');
      writeFileSync(definition, ['EXPORTS', ...exported, ...OWN_CALLS, ''].join('\n'));
      execFileSync(`${TOOLS}-gcc`, [...FLAGS, '-o', join(folder, 'iphlpapi.dll'), SOURCE, definition]);
      await Promise.resolve();
    },
  });
}

/** Names that a library exports. */
function exportsOf(library: string): string[] {
  const listing = execFileSync(`${TOOLS}-objdump`, ['-p', library], {encoding: 'utf8'});
  const [, table = ''] = /\[Ordinal\/Name Pointer\] Table[^\n]*\n([\s\S]*?)\n\n/.exec(listing) ?? [];
  return table.split('\n').flatMap(line => /\b([A-Za-z]\w+)$/.exec(line)?.[1] ?? []);
}
