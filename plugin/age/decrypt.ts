import {ReadableStream} from 'node:stream/web';
import type {Decrypter} from 'age-encryption';
import type {Limits} from '../capture/limits.ts';
import {refuse, sizeText} from '../capture/limits.ts';
import type {ByteSource} from '../capture/source.ts';
import {gather, memorySource} from '../capture/source.ts';
import {UserError} from '../errors.ts';
import {decrypterFor} from './keys.ts';

/** First line of a file in the age format, and of its armoured form. */
const MAGIC = 'age-encryption.org/v1\n';
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

/** Bytes in which the header of a file must end: it has a line or two for each recipient. */
const MAX_HEADER = 1024 * 1024;
/** What its last line begins with. */
const HEADER_END = '\n--- ';

/** Whether bytes begin a file in the age format. */
export function isAge(head: Uint8Array): boolean {
  const text = Buffer.from(head).toString('latin1');
  return text.startsWith(MAGIC) || isArmored(text);
}

function isArmored(text: string): boolean {
  return text.trimStart().startsWith(ARMOR);
}

/**
 * What an encrypted file holds, decrypted as it is read, each time anew, so that nothing plain is on the disk. Throws a
 * `UserError` where no identity fits.
 */
export async function decryptedSource(
  source: ByteSource,
  {identities, limits, signal}: {identities: readonly string[]; limits: Limits; signal?: AbortSignal},
): Promise<ByteSource> {
  if (identities.length === 0) {
    throw new UserError(`${source.name} is encrypted, and no identity was given to decrypt it with`, {
      code: 'identity',
      fix: ['name the file that has the private key: `--identity FILE`'],
    });
  }
  const decrypter = await decrypterFor(identities);
  const plain = await unarmored(source, limits);
  await assertHeader(plain);
  const decrypted: ByteSource = {
    name: source.name,
    size: source.size,
    isStream: true,
    ...(source.modified !== undefined && {modified: source.modified}),
    async head(bytes) {
      const {bytes: head, error} = await gather(decrypted.stream(signal), bytes);
      if (error !== undefined && head.length === 0) throw error;
      return head;
    },
    stream: signal => decryptedBytes(plain, decrypter, signal),
  };
  return decrypted;
}

/** The armoured form is text; it is decoded in memory. */
async function unarmored(source: ByteSource, limits: Limits): Promise<ByteSource> {
  const head = Buffer.from(await source.head(ARMOR.length)).toString('latin1');
  if (head.startsWith('age-')) return source;
  const {bytes, more} = await gather(source.stream(), limits.fileBytes);
  if (more) throw refuse(source.name, `it is armoured, and more than ${sizeText(limits.fileBytes)}`);
  const {armor} = await import('age-encryption');
  try {
    return memorySource(source.name, armor.decode(Buffer.from(bytes).toString('latin1')));
  } catch {
    throw refuse(source.name, 'its armour is damaged');
  }
}

/** The library reads the header into memory, however long it is. */
async function assertHeader(source: ByteSource): Promise<void> {
  const head = Buffer.from(await source.head(MAX_HEADER));
  if (!head.includes(HEADER_END)) throw refuse(source.name, 'its age header does not end');
}

async function* decryptedBytes(
  source: ByteSource,
  decrypter: Decrypter,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes;
  try {
    bytes = await decrypter.decrypt(ReadableStream.from(source.stream(signal)));
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new UserError(`${source.name} is encrypted, and not for the identity that was given`, {
      code: 'identity',
      fix: ['ask for whom it was encrypted, or give another `--identity FILE`'],
      cause,
    });
  }
  yield* bytes;
}
