import {createReadStream} from 'node:fs';
import {open, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {Writable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import type {ManifestGap} from '../../src/capture/manifest.ts';
import {GZIP_LEVEL} from './archive.ts';
import type {Spool} from './spool.ts';

/** A log of which less than this would stay says nothing: it goes as a whole, the oldest first. */
const LEAST_KEPT = 4096;
/** A head of tar, as far as gzip does not shrink it. */
const HEAD = 128;
/** The end of a log that is looked at for its last line. */
const LAST_LINE = 16 * 1024;

/** What is cut first; logs keep their ends, files that have none go as a whole, the largest first. */
const TIERS: readonly {files: RegExp; hasEnd: boolean}[] = [
  {files: /^cluster-resources\/pods\/logs\//, hasEnd: true},
  {files: /^host-collectors\/[^/]+\/[^/]+\/(?:confirm\/)?logs\//, hasEnd: true},
  {files: /^host-collectors\/[^/]+\/[^/]+\/(?:confirm\/)?eventlog\//, hasEnd: false},
  {files: /^host-collectors\/[^/]+\/[^/]+\/(?:confirm\/)?(?:vfp\/|cri\/stats|cri\/snapshots)/, hasEnd: false},
];

interface Sized {
  path: string;
  /** Packed. */
  size: number;
}

/**
 * Leaves out of a spool what has no room in an archive of so many bytes: logs of pods first, of each its beginning, so that what is
 * newest stays. Answers what was left out; undefined where even the rest has no room.
 */
export async function fitInto(spool: Spool, maxBytes: number): Promise<ManifestGap[] | undefined> {
  const sized: Sized[] = [];
  for (const path of spool.paths())
    sized.push({path, size: HEAD + (await packedSize(join(spool.folder, path)))});
  let excess = total(sized) - maxBytes;
  const gaps: ManifestGap[] = [];
  for (const {files, hasEnd} of TIERS) {
    if (excess <= 0) break;
    const own = sized.filter(({path}) => files.test(path));
    const room = Math.max(0, total(own) - excess);
    gaps.push(...(hasEnd ? await shorten(spool, own, room) : drop(spool, own, room)));
    excess -= total(own) - Math.min(room, total(own));
  }
  return excess > 0 ? undefined : gaps;
}

function total(files: readonly Sized[]): number {
  return files.reduce((sum, {size}) => sum + size, 0);
}

/** Cuts logs so that all have the same room; those that need less leave theirs to others. */
async function shorten(spool: Spool, logs: readonly Sized[], room: number): Promise<ManifestGap[]> {
  const dated = await Promise.all(
    logs.map(async log => ({...log, last: await lastTime(join(spool.folder, log.path))})),
  );
  const kept = dated.toSorted((a, b) => (a.last < b.last ? -1 : 1));
  const gaps: ManifestGap[] = [];
  while (kept.length > 0 && shareOf(kept, room) < LEAST_KEPT && total(kept) > room) {
    const oldest = kept.shift();
    if (!oldest) break;
    spool.shorten(oldest.path, 0);
    gaps.push(gone(oldest.path));
  }
  const share = shareOf(kept, room);
  for (const {path, size} of kept) {
    if (size <= share) continue;
    const {size: bytes} = await stat(join(spool.folder, path));
    const left = spool.shorten(path, Math.floor((bytes * Math.max(0, share - HEAD)) / size));
    gaps.push(
      left === 0
        ? gone(path)
        : {...gone(path), detail: `only its last ${left} bytes fit into --max-size`, partial: true},
    );
  }
  return gaps;
}

/** The most that each may have so that all together have no more than there is room for. */
function shareOf(files: readonly Sized[], room: number): number {
  let left = room;
  const sizes = files.map(({size}) => size).toSorted((a, b) => a - b);
  for (const [n, size] of sizes.entries()) {
    const share = left / (sizes.length - n);
    if (size > share) return share;
    left -= size;
  }
  return Infinity;
}

function drop(spool: Spool, files: readonly Sized[], room: number): ManifestGap[] {
  let left = total(files);
  return files
    .toSorted((a, b) => b.size - a.size)
    .flatMap(({path, size}) => {
      if (left <= room) return [];
      left -= size;
      spool.shorten(path, 0);
      return [gone(path)];
    });
}

function gone(path: string): ManifestGap {
  return {what: path, reason: 'not-requested', detail: 'it has no room in --max-size'};
}

async function packedSize(file: string): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(createReadStream(file), createGzip({level: GZIP_LEVEL}), count);
  return bytes;
}

/** The time at the beginning of the last line, RFC 3339; empty where there is none. */
async function lastTime(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const {size} = await handle.stat();
    const from = Math.max(0, size - LAST_LINE);
    const {buffer, bytesRead} = await handle.read(
      Buffer.alloc(Math.min(size, LAST_LINE)),
      0,
      size - from,
      from,
    );
    const lines = buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n');
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z?/.exec(lines.at(-1) ?? '')?.[0] ?? '';
  } finally {
    await handle.close();
  }
}
