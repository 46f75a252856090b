import {ReadableStream} from 'node:stream/web';
import type {Encrypter} from 'age-encryption';

/** A step of a pipeline that encrypts what comes through it. */
export function encrypting(
  encrypter: Encrypter,
): (plain: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array> {
  return async function* encrypted(plain) {
    yield* await encrypter.encrypt(ReadableStream.from(plain));
  };
}
