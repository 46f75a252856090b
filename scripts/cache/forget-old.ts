import {readdirSync, rmSync, statSync, utimesSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';

/** Younger ones may be in use by somebody who has just found them. */
const YOUNG_MS = 60 * 60 * 1000;

/**
 * Notes that a folder of the cache was used, and deletes those of the same kind (the part of the name before the last `-`)
 * that were not for an hour, but for the `keep` last used.
 */
export function forgetOld(used: string, keep: number): void {
  const now = new Date();
  utimesSync(used, now, now);
  const [kind = ''] = /^.*-/.exec(basename(used)) ?? [];
  const parent = dirname(used);
  const all = readdirSync(parent)
    .filter(name => name.startsWith(kind) && /^[0-9a-f]+$/.test(name.slice(kind.length)))
    .flatMap(name => {
      const path = join(parent, name);
      // Somebody else may be deleting it.
      const stat = statSync(path, {throwIfNoEntry: false});
      return stat ? [{path, usedMs: stat.mtimeMs}] : [];
    })
    .sort((a, b) => b.usedMs - a.usedMs);
  for (const {path, usedMs} of all.slice(keep)) {
    if (now.getTime() - usedMs > YOUNG_MS) rmSync(path, {recursive: true, force: true});
  }
}
