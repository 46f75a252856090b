import {closeSync, fstatSync, ftruncateSync, openSync, writeSync} from 'node:fs';

/** Appends all of some bytes to a file of its owner's or, where the disk does not take them, none. Throws what the disk says. */
export function appendWhole(file: string, bytes: Uint8Array): void {
  const fd = openSync(file, 'a', 0o600);
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(fd, bytes, done);
  } catch (error) {
    if (done > 0) ftruncateSync(fd, fstatSync(fd).size - done);
    throw error;
  } finally {
    closeSync(fd);
  }
}
