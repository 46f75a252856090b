import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {buildOnce} from '../../scripts/cache/build-once.ts';
import {cacheRoot} from '../../scripts/cache/places.ts';
import {putSystemFile} from './wine.ts';
import type {WinePrefix} from './wine.ts';

const SOURCES = join(import.meta.dirname, '..', '..', 'windows', 'stub');
const COMPILER = '/usr/bin/x86_64-w64-mingw32-gcc';
const RESOURCES = '/usr/bin/x86_64-w64-mingw32-windres';
const FLAGS = ['-O1', '-Wall', '-Wextra', '-Werror', '-s'];
/** Holds the code; the other libraries forward to it. */
const LIBRARY = 'kubectlwinstub.dll';
/** Stand on their own. */
const PROGRAMS = ['vfpctrl', 'logmonitor'];

/** Compiles the libraries and programs of `windows/stub`, once for each state of their sources; answers their folder. */
async function stubFolder(): Promise<string> {
  if (!existsSync(COMPILER))
    throw new Error(
      'the cross-compiler is missing: run scripts/test-packages, which installs gcc-mingw-w64-x86-64',
    );
  const sources = readdirSync(SOURCES).filter(name => !name.endsWith('.md'));
  const hash = createHash('sha256').update(JSON.stringify(FLAGS));
  for (const name of sources) hash.update(name).update(readFileSync(join(SOURCES, name)));
  return buildOnce(join(cacheRoot, 'stub', hash.digest('hex').slice(0, 16)), {
    what: 'the stub of HNS (a second)',
    say: line => console.error(line),
    make: async folder => {
      const programs = new Set(PROGRAMS.map(name => `${name}.c`));
      const code = sources.filter(name => name.endsWith('.c') && !programs.has(name));
      compile(join(folder, LIBRARY), ['-shared', ...code, '-lole32', '-luuid']);
      for (const name of sources.filter(source => source.endsWith('.def')))
        compile(join(folder, name.replace(/def$/, 'dll')), ['-shared', name]);
      for (const name of PROGRAMS) compileProgram(folder, name);
      await Promise.resolve();
    },
  });
}

function compileProgram(folder: string, name: string): void {
  const resources = join(folder, `${name}.o`);
  const hasResources = existsSync(join(SOURCES, `${name}.rc`));
  if (hasResources) execFileSync(RESOURCES, [`${name}.rc`, resources], {cwd: SOURCES});
  compile(join(folder, `${name}.exe`), [`${name}.c`, ...(hasResources ? [resources] : [])]);
  rmSync(resources, {force: true});
}

function compile(output: string, args: readonly string[]): void {
  execFileSync(COMPILER, [...FLAGS, '-o', output, ...args], {cwd: SOURCES});
}

/** Path of the program that stands in for LogMonitor. */
export async function logMonitorProgram(): Promise<string> {
  return join(await stubFolder(), 'logmonitor.exe');
}

/** Puts the stub into the `system32` of a prefix; `without` leaves DLLs out, as a Windows without the feature has none. */
export async function putStub(
  prefix: WinePrefix,
  {without = []}: {without?: readonly string[]} = {},
): Promise<void> {
  const folder = await stubFolder();
  for (const name of readdirSync(folder))
    if (!without.includes(name)) putSystemFile(prefix, join(folder, name));
}

/** Answers of a node, by path below the stub's folder (`windows/stub/README.md`). */
export type Answers = Record<string, string>;

/** Kinds of objects as the stub's folders are named. */
export type StubKind = 'network' | 'endpoint' | 'namespace' | 'loadbalancer' | 'sdnroute';

/** The answers for the objects of a kind, each under its id. */
export function objectAnswers(kind: StubKind, objects: Record<string, string>): Answers {
  const entries = Object.entries(objects).map(([id, json]) => [`${kind}/${id.toLowerCase()}.json`, json]);
  return {[`${kind}/enumerate.json`]: JSON.stringify(Object.keys(objects)), ...Object.fromEntries(entries)};
}

/** The response of HNSCall to a question of v1. */
export function v1Answer(path: string, output: string): Answers {
  return {[`v1/${path}.json`]: `{"Output":${output},"Success":true}`};
}

/** Writes answers where the stub of a program looks for them. */
export function writeAnswers(folder: string, answers: Answers): void {
  for (const [name, text] of Object.entries(answers)) {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), text);
  }
}

/** What one process did with the stub. */
export interface StubReport {
  allocated: number;
  freed: number;
  foreign: number;
  opened: number;
  closed: number;
  stale: number;
  writes: number;
}

/** The reports of all processes that have ended by themselves. */
export function stubReports(folder: string): StubReport[] {
  return readdirSync(folder)
    .filter(name => name.startsWith('report-'))
    .map(name => {
      const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n');
      // Written by windows/stub/answers.c, a name and a number each.
      return Object.fromEntries(
        lines.map(line => [line.split(' ')[0], Number(line.split(' ')[1])]),
      ) as StubReport;
    });
}
