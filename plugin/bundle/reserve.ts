import {randomBytes} from 'node:crypto';
import {appendFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';

const PIECE_BYTES = 1024 * 1024;
/** Enough to say of a small bundle what is in it. */
const LEAST_BYTES = 4 * PIECE_BYTES;
/** What a bundle says of itself, and what it is packed into before anything of it can go, grow with it: one byte of so many. */
const SHARE = 8;

/** Name of its file, in the folder that a bundle grows in. */
export const RESERVE = 'reserve';

/** Room on the disk that is taken at once and given back when the disk is full, so that a bundle can still be ended as one. */
export class Reserve {
  readonly #file: string;
  /** Of random bytes: zeros take no room on disks that compress. */
  readonly #piece = randomBytes(PIECE_BYTES);
  #bytes = 0;
  #released = false;

  constructor(root: string) {
    this.#file = join(root, RESERVE);
    rmSync(this.#file, {force: true});
  }

  /** Takes what is due beside a bundle of so many bytes. Throws what the disk says. */
  growFor(bundleBytes: number): void {
    const due = Math.max(LEAST_BYTES, bundleBytes / SHARE);
    while (!this.#released && this.#bytes < due) {
      appendFileSync(this.#file, this.#piece, {mode: 0o600});
      this.#bytes += PIECE_BYTES;
    }
  }

  /** Gives it back; answers whether there was any. It does not grow again. */
  release(): boolean {
    if (this.#released) return false;
    this.#released = true;
    rmSync(this.#file, {force: true});
    return true;
  }
}
