import {pipeline} from 'node:stream';
import {createGunzip} from 'node:zlib';
import type {ByteSource} from './source.ts';

const CHUNK = 64 * 1024;

/** Unpacks a gzip stream. One that is cut gives what it has and then throws. */
export async function* gunzip(source: ByteSource, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({chunkSize: CHUNK});
  // The error comes out of `unpacked`; without a listener of its own it would also end the process.
  pipeline(source.stream(signal), unpacked, () => undefined);
  yield* unpacked;
}
