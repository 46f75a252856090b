import {basename} from 'node:path';
import type {CaptureFiles} from '../../src/capture/files.ts';
import {UserError} from '../errors.ts';
import {gunzip} from './gzip.ts';
import type {Limits} from './limits.ts';
import {Meter, gatheredContent} from './limits.ts';
import type {ByteSource} from './source.ts';
import {gather} from './source.ts';

/** One file as a capture, unpacked where it is gzipped. */
export function openSingle(
  source: ByteSource,
  {gzip, limits, signal}: {gzip: boolean; limits: Limits; signal?: AbortSignal},
): CaptureFiles {
  const path = basename(source.name).replace(gzip ? /\.gz$/i : /$^/, '') || 'file';
  return {
    name: source.name,
    notes: [],
    list: () => [
      {path, size: source.size, ...(source.modified !== undefined && {modified: source.modified})},
    ],
    async *read(paths, how) {
      if (!paths.has(path)) return;
      const chunks = gzip ? metered(source, limits, signal) : source.stream(signal);
      const {error, ...found} = await gather(chunks, limits.fileBytes, {into: how?.into?.(path)});
      if (error instanceof UserError || signal?.aborted) throw error;
      if (error !== undefined) yield {path, bytes: found.bytes, problem: 'it is damaged or cut short'};
      else yield {path, ...gatheredContent(found, limits)};
    },
  };
}

async function* metered(
  source: ByteSource,
  limits: Limits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const meter = new Meter(source.name, source.size, limits);
  for await (const chunk of gunzip(source, {signal})) {
    meter.bytes(chunk.length);
    yield chunk;
  }
}
