import type {FileContent, ReadHow} from '../../src/capture/files.ts';
import {UserError} from '../errors.ts';
import type {Gathered} from './source.ts';

/** What an archive may cost at most (CONTRACT §3). */
export interface Limits {
  entries: number;
  /** Bytes, unpacked, headers included. */
  unpackedBytes: number;
  /** Unpacked to packed size. */
  ratio: number;
  /** Below so many bytes unpacked a ratio says nothing. */
  ratioFloor: number;
  /** Bytes of one file that is read as a whole; a longer one is cut. JavaScript's strings end at 512 Mi characters. */
  fileBytes: number;
  /** Bytes of all files of an archive that are kept from the first look, so that small archives are unpacked once. */
  keptBytes: number;
}

const MiB = 2 ** 20;
const GiB = 2 ** 30;

export const LIMITS: Limits = {
  entries: 200_000,
  unpackedBytes: 8 * GiB,
  ratio: 1000,
  ratioFloor: 4 * MiB,
  fileBytes: 256 * MiB,
  keptBytes: 48 * MiB,
};

/** The limits for one file of which less may be wanted. */
export function limitsFor(limits: Limits, path: string, how: ReadHow | undefined): Limits {
  const bytes = how?.atMost?.(path);
  return bytes === undefined ? limits : {...limits, fileBytes: Math.min(limits.fileBytes, bytes)};
}

/** Says why an archive is not read. */
export function refuse(name: string, why: string): UserError {
  return new UserError(`${name} is refused: ${why}`, {
    code: 'capture-refused',
    fix: [
      'Get the capture again from where it was made, or unpack it where that can do no harm and give the directory',
    ],
  });
}

/** Says that links and special files were not read, where there were any. */
export function leftOut(name: string, count: number): string[] {
  if (count === 0) return [];
  return [
    `${name} has ${count === 1 ? 'a link or special file that was' : `${count} links or special files that were`} left out`,
  ];
}

/** Says that names stand in an archive twice: programs that unpack it keep the last, and show another content than this one does. */
export function namedTwice(name: string, count: number): string[] {
  if (count === 0) return [];
  return [
    `${name} has ${count === 1 ? 'an entry whose name stands in it twice' : `${count} entries whose names stand in it twice`}: of each name the first was read`,
  ];
}

/** Counts what an archive turns out to hold, and refuses it at the first step beyond a limit. */
export class Meter {
  readonly #name: string;
  readonly #limits: Limits;
  readonly #packedBytes: number;
  #entries = 0;
  #bytes = 0;

  /** `packedBytes` is the size of the archive itself. */
  constructor(name: string, packedBytes: number, limits: Limits) {
    this.#name = name;
    this.#packedBytes = packedBytes;
    this.#limits = limits;
  }

  entry(): void {
    if (++this.#entries > this.#limits.entries) {
      throw refuse(this.#name, `it has more than ${this.#limits.entries} entries`);
    }
  }

  bytes(count: number): void {
    this.#bytes += count;
    const {unpackedBytes, ratio, ratioFloor} = this.#limits;
    if (this.#bytes > unpackedBytes) {
      throw refuse(this.#name, `it unpacks to more than ${sizeText(unpackedBytes)}`);
    }
    if (this.#bytes > ratioFloor && this.#bytes > ratio * this.#packedBytes) {
      throw refuse(
        this.#name,
        `it unpacks to more than ${ratio} times its size of ${sizeText(this.#packedBytes)}`,
      );
    }
  }
}

/** What was gathered of a file, which says itself where the limit cut it. */
export function gatheredContent(
  {bytes, more, sha256}: Omit<Gathered, 'error'>,
  {fileBytes}: Limits,
): Omit<FileContent, 'path'> {
  return {
    bytes,
    ...(sha256 !== undefined && {sha256}),
    ...(more && {problem: `only the first ${sizeText(fileBytes)} of it were read`}),
  };
}

/** `8 GiB`, `12.5 MiB`, `640 bytes`. */
export function sizeText(bytes: number): string {
  if (bytes >= GiB) return `${round(bytes / GiB)} GiB`;
  if (bytes >= MiB) return `${round(bytes / MiB)} MiB`;
  if (bytes >= 1024) return `${round(bytes / 1024)} KiB`;
  return `${bytes} bytes`;
}

function round(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
