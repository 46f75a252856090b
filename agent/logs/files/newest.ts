import type {OpenFile} from './open-below.ts';
import {decoderOf, encodingOf, unitOf} from './decoder.ts';
import {lineMasker} from './mask-lines.ts';
import {readHead, readRange} from './read.ts';

/** The newest part of a file, as text without secrets. */
export interface Newest {
  readonly text: string;
  /** Bytes of the file that were left out before it; 0 where it is the whole. */
  readonly skipped: number;
}

/** Reads the last `maxBytes` of a file, from the start of a line on. */
export async function readNewest({handle, size}: OpenFile, maxBytes: number): Promise<Newest> {
  const encoding = encodingOf(await readHead(handle));
  const unit = unitOf(encoding);
  const start = size > maxBytes ? Math.ceil((size - maxBytes) / unit) * unit : 0;
  const decoder = decoderOf(encoding);
  let text = '';
  for await (const chunk of readRange(handle, start, size)) text += decoder.decode(chunk);
  if (start > 0) text = text.slice(text.indexOf('\n') + 1);
  const masker = lineMasker();
  const masked = masker.push(text) + masker.end();
  return {text: newestText(masked, maxBytes), skipped: start};
}

/** Other encodings grow when they become UTF-8; the oldest lines make room. */
function newestText(text: string, maxBytes: number): string {
  const over = Buffer.byteLength(text) - maxBytes;
  if (over <= 0) return text;
  const bytes = Buffer.from(text);
  return bytes.subarray(bytes.indexOf(0x0a, over) + 1).toString();
}
