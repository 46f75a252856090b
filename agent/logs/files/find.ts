import {lstat, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {logsOf, rotationsOf, uniqueId} from '../../../src/logs/places/names.ts';
import type {LogPlace} from '../../../src/logs/places/place.ts';

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
      found.push({id: uniqueId(id, ids), component, folder, live: file, files});
    }
  }
  return found;
}

/** Names of the rotated files of a log, the oldest first. */
export async function rotatedFiles(folder: string, live: string): Promise<string[]> {
  return oldestFirst(folder, rotationsOf(live, await readdir(folder).catch((): string[] => [])));
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
