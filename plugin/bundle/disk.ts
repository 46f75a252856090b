import {appendWhole} from './append.ts';
import {diskFault} from './disk-fault.ts';
import {Reserve} from './reserve.ts';

/** The disk that a bundle grows on. When it is full, what was kept free for that still takes what is needed to end the bundle. */
export class Disk {
  readonly #reserve: Reserve;
  #bytes = 0;
  /** Why nothing more can be written: the disk is full, and so is what was kept free. */
  #fault: Error | undefined;
  #onFull: ((fault: string) => void) | undefined;

  /** `root`: the folder that all is written into. */
  constructor(root: string) {
    this.#reserve = new Reserve(root);
  }

  /** Has a function called once, with the reason in words, when the disk takes no more. */
  onFull(call: (fault: string) => void): void {
    this.#onFull = call;
  }

  /** Gives back the room that was kept free; answers whether there was any. */
  release(): boolean {
    return this.#reserve.release();
  }

  /** Appends bytes to a file. Throws what the disk says once nothing is kept free any more, and then always. */
  append(file: string, bytes: Uint8Array): void {
    this.guarded(() => {
      this.#reserve.growFor(this.#bytes + bytes.length);
      appendWhole(file, bytes);
    });
    this.#bytes += bytes.length;
  }

  /** Runs what writes all or nothing; where the disk is full once more, in what was kept free. Throws as `append` does. */
  guarded<T>(write: () => T): T {
    if (this.#fault) throw this.#fault;
    try {
      try {
        return write();
      } catch (error) {
        const fault = diskFault(error);
        if (fault === undefined || !this.release()) throw error;
        this.#onFull?.(fault);
        return write();
      }
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error));
      throw this.#fault;
    }
  }
}
