import type {FoundLog} from './files/find.ts';
import {decoderOf, encodingOf} from './files/decoder.ts';
import type {Decoder} from './files/decoder.ts';
import {follow} from './files/follow.ts';
import {lineMasker} from './files/mask-lines.ts';
import type {OpenFile} from './files/open-below.ts';
import {openUnread} from './files/open-unread.ts';
import {lastLines, readHead, readRange} from './files/read.ts';
import {sinceFilter} from './line-time.ts';

/** How a log is read. */
export interface Reading {
  /** Milliseconds since 1970; older lines are left out where lines tell their time. */
  since?: number;
  /** Lines from the end, over all its files. */
  tail?: number;
  follow: boolean;
  signal: AbortSignal;
}

/**
 * Lines of a log from its oldest file to its newest, without secrets, each with its LF; then, if it is followed, those that
 * come. What rotates meanwhile is neither lost nor read twice. Throws CollectError where a file is a link or closed to us.
 */
export async function* readLog(
  log: FoundLog,
  {since, tail, follow: goesOn, signal}: Reading,
): AsyncGenerator<string> {
  const filter = since === undefined ? undefined : sinceFilter(since, Date.now);
  const files = await openUnread(log.folder, log.live);
  const masker = lineMasker();
  const lines = (text: string): string => (filter ? filter.push(text) : text);
  let decoder: Decoder | undefined;
  try {
    const starts = await startsOf(files, {tail, since});
    for (const [i, file] of files.entries()) {
      const start = starts[i] ?? 0;
      const live = i === files.length - 1;
      decoder = decoderOf(encodingOf(await readHead(file.handle)));
      for await (const bytes of readRange(file.handle, start, file.size)) {
        if (signal.aborted) return;
        yield lines(masker.push(decoder.decode(bytes)));
      }
      if (!live || !goesOn) yield lines(masker.end());
    }
    const last = goesOn ? files.pop() : undefined;
    if (!last) return;
    const following = {folder: log.folder, live: log.live, read: files, signal};
    for await (const {bytes, begins} of follow(last, last.size, following)) {
      if (begins) {
        yield lines(masker.end());
        decoder = decoderOf(encodingOf(bytes));
      }
      decoder ??= decoderOf(encodingOf(bytes));
      yield lines(masker.push(decoder.decode(bytes)));
    }
  } finally {
    await Promise.all(files.map(({handle}) => handle.close()));
  }
}

/** Where reading begins in each file; behind its end where nothing of it is wanted. */
async function startsOf(
  files: readonly OpenFile[],
  {tail, since}: {tail: number | undefined; since: number | undefined},
): Promise<number[]> {
  const starts: number[] = [];
  let wanted = tail ?? Number.POSITIVE_INFINITY;
  for (const {handle, size, modifiedNs} of files.toReversed()) {
    const tooOld = since !== undefined && Number(modifiedNs / 1_000_000n) < since;
    if (wanted === 0 || tooOld) starts.push(size);
    else if (wanted === Number.POSITIVE_INFINITY) starts.push(0);
    else {
      const {offset, lines} = await lastLines(handle, {size, lines: wanted});
      starts.push(offset);
      wanted -= lines;
    }
  }
  return starts.reverse();
}
