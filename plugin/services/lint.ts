import {opendir, readFile, stat} from 'node:fs/promises';
import {extname, join} from 'node:path';
import {loadManifests} from '../../src/manifests/load.ts';
import type {TextFile} from '../../src/manifests/yaml.ts';
import {judge} from '../../src/checks/engine.ts';
import {EXIT} from '../../src/report/exit.ts';
import {parseVersion} from '../../src/kube/version.ts';
import {rfc3339} from '../../src/snapshot/time.ts';
import {UserError} from '../errors.ts';
import {fileFault} from '../file-fault.ts';
import type {Diagnosis} from './present.ts';
import {checksFor} from './select.ts';

/** Larger files are no manifests: in a directory they are passed over with a note, elsewhere they are refused. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MANIFEST_NAMES = new Set(['.yaml', '.yml', '.json']);
/** Folders that never hold a project's own manifests. */
const PASSED_OVER = new Set(['.git', 'node_modules']);

export interface LintFlags {
  'kubernetes-version'?: string | undefined;
  check?: string[] | undefined;
  skip?: string[] | undefined;
  now?: string | undefined;
}

/** Judges manifests by the checks that need no cluster. */
export async function lint(
  paths: readonly string[],
  flags: LintFlags,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const checks = checksFor(flags).filter(c => c.evidence.includes('M'));
  const started = performance.now();
  const notes: string[] = [];
  const files = await readAll(paths, notes, signal);
  const version = versionOf(flags);
  const {
    snapshot,
    locate,
    notes: passedOver,
  } = loadManifests(files, {
    now: flags.now ?? rfc3339(Date.now()),
    name: paths.join(' '),
    ...(version !== undefined && {kubernetesVersion: version}),
  });
  const loaded = performance.now();
  const judgement = judge(snapshot, checks);
  return {
    snapshot,
    judgement,
    locate,
    checks,
    notes: [...notes, ...passedOver],
    timings: {collectMs: Math.round(loaded - started), judgeMs: Math.round(performance.now() - loaded)},
  };
}

function versionOf({'kubernetes-version': version}: LintFlags): string | undefined {
  if (version === undefined) return undefined;
  if (!parseVersion(version)) {
    throw new UserError(`--kubernetes-version ${version} is no version such as 1.35`, {
      code: 'kubernetes-version',
      exitCode: EXIT.usage,
    });
  }
  return version.startsWith('v') ? version : `v${version}`;
}

async function readAll(paths: readonly string[], notes: string[], signal: AbortSignal): Promise<TextFile[]> {
  const files: TextFile[] = [];
  for (const path of paths) {
    if (path === '-') files.push({name: 'stdin', text: await readStdin(signal)});
    else if ((await kindOf(path)) === 'file') files.push({name: path, text: await readManifest(path)});
    else for await (const file of walk(path, notes)) files.push({name: file, text: await readManifest(file)});
  }
  if (files.length === 0) {
    throw new UserError(`there is no manifest in ${paths.join(', ')}`, {
      code: 'no-manifest',
      fix: ['name files that end in .yaml, .yml or .json, or directories that hold them'],
      exitCode: EXIT.couldNotRun,
    });
  }
  return files;
}

/** The text of one file; a pipe (`<(helm template .)`) has no size beforehand. */
async function readManifest(path: string): Promise<string> {
  try {
    const {size} = await stat(path);
    if (size > MAX_FILE_BYTES) throw tooLarge(path);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw unreadable(path, error);
  }
}

function tooLarge(name: string): UserError {
  return new UserError(`${name} is over ${MAX_FILE_BYTES / 1024 / 1024} MiB, which no manifest is`, {
    code: 'too-large',
    fix: ['split it, or judge a dump of a cluster with `kubectl win doctor --from PATH`'],
  });
}

function unreadable(path: string, error: unknown): UserError {
  return new UserError(`${path} cannot be read: ${fileFault(error)}`, {
    code: 'no-manifest',
    exitCode: EXIT.couldNotRun,
    cause: error,
  });
}

async function kindOf(path: string): Promise<'file' | 'directory'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Manifests of a directory tree, in order of their names. Links are not followed out of it. */
async function* walk(directory: string, notes: string[]): AsyncGenerator<string> {
  const entries: {name: string; directory: boolean}[] = [];
  const folder = await opendir(directory).catch((error: unknown) => {
    throw unreadable(directory, error);
  });
  for await (const entry of folder) {
    if (entry.isDirectory() || entry.isFile())
      entries.push({name: entry.name, directory: entry.isDirectory()});
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.directory) {
      if (!PASSED_OVER.has(entry.name)) yield* walk(path, notes);
    } else if (MANIFEST_NAMES.has(extname(entry.name).toLowerCase())) {
      if ((await stat(path)).size <= MAX_FILE_BYTES) yield path;
      else notes.push(`${path}: over ${MAX_FILE_BYTES / 1024 / 1024} MiB, passed over`);
    }
  }
}

async function readStdin(signal: AbortSignal): Promise<string> {
  // Standard input gives buffers as long as no encoding is set.
  const chunks: Buffer[] = [];
  signal.addEventListener('abort', () => process.stdin.destroy(signal.reason));
  let bytes = 0;
  for await (const chunk of process.stdin) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_FILE_BYTES) throw tooLarge('standard input');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
