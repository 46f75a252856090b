import {lstat, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {LogName, LogPlace} from '../places/place.ts';

/** A log that exists: a live file and its rotated predecessors. */
export interface FoundLog {
  /** Unique on the node and never a path; the same for as long as the log's place stays what it is. */
  readonly id: string;
  readonly component: string;
  readonly folder: string;
  /** Name of the live file. It may be missing for the moment of a rotation. */
  readonly live: string;
  /** Names of the files, the oldest first, the live one last. */
  readonly files: readonly string[];
}

/** What rotations add to a name: a number or a time, in the ways of nssm, lumberjack, logrotate and kube-log-runner. */
const MARK = /^\d[\dTZ.:_-]*$/;

/** Finds every log of the places. Folders that are missing or closed have none. `root` is where the node's own file system is. */
export async function findLogs(places: readonly LogPlace[], root = ''): Promise<FoundLog[]> {
  const found: FoundLog[] = [];
  const ids = new Set<string>();
  for (const place of places) {
    const folder = root === '' ? place.folder : join(root, place.folder);
    const names = await readdir(folder).catch((): string[] => []);
    for (const {component, id, file} of logsOf(place, names)) {
      const files = await oldestFirst(folder, rotationsOf(file, names));
      if (names.includes(file)) files.push(file);
      if (files.length === 0) continue;
      found.push({id: unique(id, ids), component, folder, live: file, files});
    }
  }
  return found;
}

/** Names of the rotated files of a log, the oldest first. */
export async function rotatedFiles(folder: string, live: string): Promise<string[]> {
  return oldestFirst(folder, rotationsOf(live, await readdir(folder).catch((): string[] => [])));
}

function logsOf({logs, others}: LogPlace, names: readonly string[]): LogName[] {
  if (others === undefined) return [...logs];
  const known = logs.map(log => log.file);
  const further = names.filter(name => name.endsWith('.log') && !known.includes(name)).toSorted();
  const isRotation = (name: string): boolean =>
    [...known, ...further].some(live => live !== name && isRotationOf(live, name));
  return [
    ...logs,
    ...further
      .filter(name => !isRotation(name))
      .map(file => ({component: others, id: idOf(others, file.slice(0, -'.log'.length)), file})),
  ];
}

function idOf(component: string, stem: string): string {
  const part = stem
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return part === '' || part === component ? component : `${component}.${part}`;
}

function unique(id: string, taken: Set<string>): string {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
  taken.add(free);
  return free;
}

function rotationsOf(live: string, names: readonly string[]): string[] {
  return names.filter(name => isRotationOf(live, name));
}

/** `kubelet-20260901T120000.000.log` and `kubelet.log.1`, `kubelet.log-20260901` are rotations of `kubelet.log`. */
function isRotationOf(live: string, name: string): boolean {
  const dot = live.lastIndexOf('.');
  const [stem, extension] = dot < 1 ? [live, ''] : [live.slice(0, dot), live.slice(dot)];
  const inside = name.startsWith(`${stem}-`) && name.endsWith(extension);
  const behind = name.startsWith(`${live}.`) || name.startsWith(`${live}-`);
  return (
    (inside && MARK.test(name.slice(stem.length + 1, name.length - extension.length))) ||
    (behind && MARK.test(name.slice(live.length + 1)))
  );
}

async function oldestFirst(folder: string, names: readonly string[]): Promise<string[]> {
  const dated = await Promise.all(
    names.map(async name => {
      const stat = await lstat(join(folder, name)).catch(() => undefined);
      return stat?.isFile() ? [{name, at: stat.mtimeMs}] : [];
    }),
  );
  return dated
    .flat()
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
    .map(({name}) => name);
}
