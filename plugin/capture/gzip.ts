import {pipeline} from 'node:stream';
import {createGunzip} from 'node:zlib';
import type {ByteSource} from './source.ts';

/** Of one that is damaged no more than that is lost before the damage. */
const CHUNK = 64 * 1024;
/** Each piece comes from another thread: small ones cost more for that than for themselves. */
const CHUNK_OF_SOUND = 512 * 1024;

/** How a gzip stream is unpacked. */
export interface GunzipOptions {
  signal?: AbortSignal | undefined;
  /** It is known to be as it was written. */
  isSound?: boolean | undefined;
}

/** Unpacks a gzip stream. One that is cut or damaged gives what it has and then throws. */
export async function* gunzip(
  source: ByteSource,
  {signal, isSound = false}: GunzipOptions = {},
): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip({chunkSize: isSound ? CHUNK_OF_SOUND : CHUNK});
  // The error comes out of `unpacked`; without a listener of its own it would also end the process.
  pipeline(source.stream(signal), unpacked, () => undefined);
  yield* unpacked;
}
