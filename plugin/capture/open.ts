import type {Stats} from 'node:fs';
import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import type {CaptureFiles} from '../../src/capture/files.ts';
import {UserError} from '../errors.ts';
import {decryptedSource, isAge} from '../age/decrypt.ts';
import {openDirectory} from './directory.ts';
import {gunzip} from './gzip.ts';
import type {Limits} from './limits.ts';
import {LIMITS, sizeText} from './limits.ts';
import {openSingle} from './single.ts';
import type {ByteSource} from './source.ts';
import {fileSource, gather, memorySource} from './source.ts';
import {openTar} from './tar.ts';
import {openZip} from './zip.ts';

/** How a capture is opened. */
export interface OpenOptions {
  signal?: AbortSignal;
  /** Files with identities that decrypt what is encrypted. */
  identities?: readonly string[];
  /** Whether each file is told with its hash, whatever its size. */
  hashes?: boolean;
  /** For tests. */
  limits?: Limits;
}

/** What a path stands for on standard input. */
const STDIN = '-';

/**
 * Opens what a user names as a capture, whatever it is called: a directory, a tar archive, a gzipped one, a zip archive, a
 * file, a pipe, or `-` for standard input. Throws `UserError` where it is not there, is hostile, or is packed otherwise.
 */
export async function openCapture(path: string, options: OpenOptions = {}): Promise<CaptureFiles> {
  const {signal, hashes, limits = LIMITS} = options;
  const how = {limits, hashes, identities: options.identities ?? [], ...(signal && {signal})};
  if (path === STDIN)
    return openBytes(await kept(path, () => fromPipe('standard input', process.stdin, limits)), how);
  const facts = await factsOf(path);
  if (facts.isDirectory()) return openDirectory(path, path, how);
  if (facts.isFile()) return openBytes(fileSource(path, path, facts), how);
  const pipe = (): Promise<ByteSource> =>
    fromPipe(path, createReadStream(path, {...(signal && {signal})}), limits);
  return openBytes(await kept(path, pipe), how);
}

async function factsOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'error';
    const why = code === 'ENOENT' ? 'there is no such file or directory' : `it cannot be opened (${code})`;
    throw new UserError(`the capture ${path} cannot be read: ${why}`, {
      code: 'capture-not-found',
      fix: ['Give `--from` the path of a directory, an archive or a file'],
      cause,
    });
  }
}

/** What came through pipes: they can be read once only, and a command may look at a capture twice. */
const PIPES = new Map<string, Promise<ByteSource>>();

function kept(path: string, read: () => Promise<ByteSource>): Promise<ByteSource> {
  const known = PIPES.get(path);
  if (known) return known;
  const source = read();
  PIPES.set(path, source);
  return source;
}

async function fromPipe(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  limits: Limits,
): Promise<ByteSource> {
  const {bytes, more, error} = await gather(stream, limits.fileBytes);
  if (more) {
    throw new UserError(
      `${name} gives more than ${sizeText(limits.fileBytes)}, which is too much for a pipe`,
      {
        code: 'capture-refused',
        fix: ['Write it to a file first and give `--from` the file'],
      },
    );
  }
  if (error !== undefined && bytes.length === 0) throw error;
  return memorySource(name, bytes);
}

/** Packings that are not read, by their first bytes. */
const OTHER_PACKINGS: readonly {magic: readonly number[]; what: string; unpack: string}[] = [
  {magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'xz', unpack: 'xz -d'},
  {magic: [0x42, 0x5a, 0x68], what: 'bzip2', unpack: 'bzip2 -d'},
  {magic: [0x28, 0xb5, 0x2f, 0xfd], what: 'zstd', unpack: 'zstd -d'},
  {magic: [0x37, 0x7a, 0xbc, 0xaf], what: '7-Zip', unpack: '7z x'},
];

const TAR_BLOCK = 512;

/** How bytes are opened. */
interface How {
  limits: Limits;
  hashes: boolean | undefined;
  identities: readonly string[];
  signal?: AbortSignal;
}

async function openBytes(source: ByteSource, how: How): Promise<CaptureFiles> {
  const head = await source.head(TAR_BLOCK);
  if (isAge(head)) return openPlain(await decryptedSource(source, how), how);
  return openPlain(source, how);
}

async function openPlain(source: ByteSource, how: How): Promise<CaptureFiles> {
  const head = await source.head(TAR_BLOCK);
  const other = OTHER_PACKINGS.find(p => startsWith(head, p.magic));
  if (other) {
    throw new UserError(`${source.name} is packed by ${other.what}, which is not read`, {
      code: 'capture-packing',
      fix: [`\`${other.unpack} ${source.name}\`, then give \`--from\` what comes of it`],
    });
  }
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) {
    return openZip(await seekable(source, how.limits), how);
  }
  if (startsWith(head, [0x1f, 0x8b])) {
    const {bytes} = await gather(gunzip(source, how), TAR_BLOCK);
    return isTar(bytes) ? openTar(source, {...how, gzip: true}) : openSingle(source, {...how, gzip: true});
  }
  return isTar(head) ? openTar(source, {...how, gzip: false}) : openSingle(source, {...how, gzip: false});
}

/** A zip archive is read at any place, which what is being decrypted cannot be. */
async function seekable(source: ByteSource, limits: Limits): Promise<ByteSource> {
  return source.isStream ? fromPipe(source.name, source.stream(), limits) : source;
}

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => head[i] === byte);
}

/** Where the checksum of a tar header stands; for the sum itself it counts as spaces (POSIX pax, ustar header). */
const CHECKSUM = {from: 148, to: 156};

/** Whether a block is a tar header: its checksum is right. Holds for every flavour, also those without a magic word. */
function isTar(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK) return false;
  let sum = 0;
  for (const [i, byte] of block.entries()) sum += i >= CHECKSUM.from && i < CHECKSUM.to ? 0x20 : byte;
  const written = new TextDecoder('latin1').decode(block.subarray(CHECKSUM.from, CHECKSUM.to));
  return Number.parseInt(written.trim(), 8) === sum;
}
