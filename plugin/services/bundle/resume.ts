import {existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {REDACTIONS_FILE} from '../../../src/bundle/own-files.ts';
import type {Redaction} from '../../../src/bundle/own-files.ts';
import type {CaptureFiles} from '../../../src/capture/files.ts';
import type {BundleManifest, ManifestGap} from '../../../src/capture/manifest.ts';
import {COLLECTION_FILE} from '../../../src/node/agent.ts';
import {nodeFileOf} from '../../../src/node/paths.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {millis} from '../../../src/snapshot/time.ts';
import type {KeptFile, Unit} from '../../bundle/journal.ts';
import {readJournal} from '../../bundle/journal.ts';
import {JOURNAL, isRunning, stateOf} from '../../bundle/partial.ts';
import type {Spool, SpoolOptions} from '../../bundle/spool.ts';
import {UserError} from '../../errors.ts';
import {Storable} from '../../bundle/storable.ts';
import {orFullDisk} from './full-disk.ts';
import {openBundle} from './open-bundle.ts';
import {spoolFor} from './spool-for.ts';

/**
 * A node's state may be older than the API's objects by as much as HNS may take to come to what it should have: what differs by then
 * is only suspected (CONTRACT §2).
 */
const NODE_VALID_MS = 5 * 60_000;
/** A log only grows. */
const LOG_VALID_MS = 3_600_000;

/** What is there already of a collection that is gone on with. */
export interface Resumed {
  spool: Spool;
  nodes: ReadonlySet<string>;
  /** Paths of logs, with what of each was left out on purpose. */
  logs: ReadonlyMap<string, ManifestGap | undefined>;
}

/** Where the archive of a collection that is gone on with will lie, if nobody says so. Throws a `UserError` where there is none. */
export function archiveOf(path: string): string {
  if (!existsSync(path)) throw cannot(path, 'there is no such file or folder');
  return stateOf(path)?.archive ?? resolve(path);
}

/**
 * Goes on with a collection that was interrupted: with the folder that one ended by force has left, or with the archive of one that was
 * stopped. What is too old by now is read again. Throws a `UserError`.
 */
export async function resume(
  path: string,
  {archive, signal, ...options}: Omit<SpoolOptions, 'resumed'> & {archive: string; signal: AbortSignal},
): Promise<Resumed> {
  if (statSync(path).isDirectory()) {
    const root = takenOver(path, archive);
    const journal = join(root, JOURNAL);
    const units = existsSync(journal) ? readJournal(readFileSync(journal, 'utf8')) : [];
    const spool = spoolFor(archive, {...options, resumed: root});
    try {
      return keep(spool, units);
    } catch (error) {
      throw orFullDisk(error, spool, archive);
    }
  }
  const {files, root, manifest} = await openBundle(path, {signal});
  if (!manifest) throw cannot(path, 'it is no bundle of this tool');
  const redactions: Redaction[] = [];
  for await (const {bytes} of files.read(new Set([root + REDACTIONS_FILE])))
    redactions.push(...readRedactions(Buffer.from(bytes).toString()));
  if (redactions.some(({rule}) => rule.startsWith('pseudonym-')))
    throw cannot(path, 'its pseudonyms were made with a key that is kept nowhere');
  const units = unitsOf(manifest, redactions);
  const spool = spoolFor(archive, options);
  const wanted = new Set(units.filter(isValid).flatMap(unit => unit.files.map(file => root + file.path)));
  try {
    await unpackInto(spool, files, {root, wanted});
    return keep(spool, units);
  } catch (error) {
    const told = orFullDisk(error, spool, archive);
    spool.close();
    throw told;
  }
}

async function unpackInto(
  spool: Spool,
  files: CaptureFiles,
  {root, wanted}: {root: string; wanted: ReadonlySet<string>},
): Promise<void> {
  const storable = new Storable();
  for await (const {path, bytes} of files.read(wanted)) {
    const at = path.slice(root.length);
    if (storable.fault(at) !== undefined) continue;
    const to = join(spool.folder, at);
    mkdirSync(dirname(to), {recursive: true, mode: 0o700});
    writeFileSync(to, bytes, {mode: 0o600});
  }
}

/** Takes up the units that are still of use and what they were, and clears away everything else. */
function keep(spool: Spool, units: readonly Unit[]): Resumed {
  const nodes = new Set<string>();
  const logs = new Map<string, ManifestGap | undefined>();
  const kept = units.filter(unit => isValid(unit) && unit.files.every(file => spool.restore(file)));
  spool.sweep();
  for (const unit of kept) {
    if (unit.kind === 'node') nodes.add(unit.name);
    else logs.set(unit.name, unit.gap);
    const paths = unit.files.map(file => file.path);
    spool.whole(unit, paths);
  }
  return {spool, nodes, logs};
}

function isValid({kind, at, files}: Unit): boolean {
  return files.length > 0 && Date.now() - at <= (kind === 'node' ? NODE_VALID_MS : LOG_VALID_MS);
}

/** Puts the folder of a process that is gone where that of the new archive belongs. */
function takenOver(path: string, archive: string): string {
  const state = stateOf(path);
  if (!state) throw cannot(path, 'it is no folder of an interrupted collection');
  if (isRunning(state)) throw cannot(path, `process ${state.pid} on ${state.host} is still at it`);
  const owner = process.getuid?.();
  if (owner !== undefined && statSync(path).uid !== owner) throw cannot(path, 'it belongs to somebody else');
  if (state.isEncrypted)
    throw cannot(path, 'its archive was to be encrypted, so nothing of it was noted to go on with');
  const root = `${resolve(archive)}.${process.pid}.partial`;
  try {
    renameSync(path, root);
  } catch (cause) {
    throw cannot(path, `it cannot become ${root}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  return root;
}

/** What is whole in a bundle that was stopped, by what it says of itself. */
function unitsOf(manifest: BundleManifest, redactions: readonly Redaction[]): Unit[] {
  const at = millis(manifest.time) ?? 0;
  const lost = new Set(
    manifest.missing.flatMap(({what, node}) => (what === 'node.agent' && node ? [node] : [])),
  );
  const gaps = new Map(manifest.missing.map(gap => [gap.what, gap]));
  const kept = manifest.files.map(file => keptFile(file, redactions));
  // A second look belongs to the first.
  const first = kept.filter(({path}) => !path.includes('/confirm/'));
  const byNode = Map.groupBy(first, ({path}) => nodeFileOf(path)?.node);
  const nodes = [...byNode].flatMap(([name, files]): Unit[] =>
    name === undefined ||
    lost.has(name) ||
    !files.some(({path}) => nodeFileOf(path)?.file === COLLECTION_FILE)
      ? []
      : [{kind: 'node', name, at, files}],
  );
  const logs = kept.flatMap((file): Unit[] => {
    const gap = gaps.get(file.path);
    const isLog = file.path.startsWith('cluster-resources/pods/logs/');
    if (!isLog || (gap && gap.reason !== 'not-requested')) return [];
    return [{kind: 'log', name: file.path, at, files: [file], ...(gap && {gap})}];
  });
  return [...nodes, ...logs];
}

function keptFile(file: BundleManifest['files'][number], redactions: readonly Redaction[]): KeptFile {
  const {path, bytes = 0, sha256 = '', source = '', tookMs = 0} = file;
  const own = redactions.filter(one => one.file === path);
  return {
    path,
    bytes,
    sha256,
    source,
    tookMs,
    redactions: own.map(({rule, count}) => [rule, count] as const),
  };
}

function readRedactions(text: string): Redaction[] {
  const list = parsed(text);
  // Written by this tool, and of a shape that its schema tells; what is none is nothing.
  return Array.isArray(list) ? (list as Redaction[]).filter(one => typeof one.rule === 'string') : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cannot(path: string, why: string): UserError {
  return new UserError(`${path} cannot be gone on with: ${why}`, {
    code: 'resume',
    fix: [
      'name the .partial folder of an interrupted collection, or the archive of one that was stopped',
      'or collect anew: leave out `--resume`',
    ],
    exitCode: EXIT.usage,
  });
}
