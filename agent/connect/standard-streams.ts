import {createReadStream, createWriteStream} from 'node:fs';
import {Socket} from 'node:net';
import type {Readable, Writable} from 'node:stream';

const STDIN = 0;
const STDOUT = 1;

/**
 * Standard input and output as streams that never block the program. On Windows they are read and written as files, as
 * `process.stdin` is not to be had on every pipe there. Elsewhere as sockets: `process.stdout` writes to a pipe while
 * everything waits, and a pending read of a file would keep the process from ending.
 */
export function standardStreams(): {input: Readable; output: Writable} {
  const asFiles = process.platform === 'win32';
  return {
    input: asFiles ? fileInput() : (socket(STDIN) ?? fileInput()),
    output: asFiles ? fileOutput() : (socket(STDOUT) ?? fileOutput()),
  };
}

/** `undefined` where the descriptor is no pipe and no socket. */
function socket(fd: typeof STDIN | typeof STDOUT): Socket | undefined {
  try {
    return new Socket({fd, readable: fd === STDIN, writable: fd === STDOUT});
  } catch {
    return undefined;
  }
}

function fileInput(): Readable {
  return createReadStream('', {fd: STDIN, autoClose: false});
}

function fileOutput(): Writable {
  return createWriteStream('', {fd: STDOUT, autoClose: false});
}
