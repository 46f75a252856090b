import {readSync} from 'node:fs';
import {Scanner} from '../../../../src/parse/logmonitor/scanner.ts';
import type {ScannerState} from '../../../../src/parse/logmonitor/state.ts';
import type {Output} from '../output.ts';
import type {FileWish} from '../receivers.ts';
import {receiverFor, scannerOptions} from '../receivers.ts';
import {Windows} from '../windows.ts';

/** A stretch of a file: whole lines. */
export interface Block {
  start: number;
  end: number;
  /** Whether the file ends there, so that nothing goes on. */
  isLast: boolean;
  /** What is known at its start. */
  state: ScannerState | undefined;
}

/** Where reading a block stopped. */
export interface BlockEnd {
  /** Past the block's own end where a record went on there. */
  end: number;
  /** What is known there; undefined where the record did not end within reach, or at the end of the file. */
  state: ScannerState | undefined;
}

const LF = 0x0a;
/** A record that goes on for longer than this past its block is left to who reads without blocks. */
const REACH = 4 * 1024 * 1024;
const STEP = 64 * 1024;

/** Reads blocks of one file. */
export class BlockParser {
  readonly #file: number;
  readonly #wish: FileWish;
  /** Used again for every block. */
  #input = Buffer.alloc(0);

  constructor(file: number, wish: FileWish) {
    this.#file = file;
    this.#wish = wish;
  }

  /** Writes the records of a block. `goesOn`: whether others were written before. */
  read({start, end, isLast, state}: Block, output: Output, goesOn: boolean): BlockEnd {
    const receiver = receiverFor(this.#wish, output, goesOn);
    const scanner = new Scanner({...scannerOptions(this.#wish), state});
    const windows = new Windows(scanner, found => receiver.take(found, windows));
    const closeWindow = (): void => receiver.endOfWindow(windows);
    if (this.#input.length < end - start) this.#input = Buffer.allocUnsafeSlow(end - start);
    const read = readSync(this.#file, this.#input, 0, end - start, start);
    windows.push(this.#input.subarray(0, read), closeWindow);
    let at = start + read;
    if (isLast) windows.end(closeWindow);
    else if (scanner.state === undefined) {
      at += this.#goOn(
        at,
        () => scanner.state !== undefined,
        line => windows.push(line, closeWindow),
      );
    }
    receiver.end();
    return {end: at, state: isLast ? undefined : scanner.state};
  }

  /** Gives the lines from an offset on until that is enough, and says how many bytes that was. */
  #goOn(from: number, isEnough: () => boolean, take: (line: Buffer) => void): number {
    const buffer = Buffer.allocUnsafe(STEP);
    let taken = 0;
    while (taken < REACH) {
      const read = readSync(this.#file, buffer, 0, STEP, from + taken);
      if (read === 0) return taken;
      for (let at = 0; at < read;) {
        const lf = buffer.subarray(0, read).indexOf(LF, at);
        const end = lf < 0 ? read : lf + 1;
        take(buffer.subarray(at, end));
        taken += end - at;
        at = end;
        if (lf >= 0 && isEnough()) return taken;
      }
    }
    return taken;
  }
}
