import {readFileSync, statSync} from 'node:fs';
import {readKeys} from '../../src/protocol/key.ts';

/** The keys that are valid now, the newest first; `problem` says why there are none. */
export interface Keys {
  readonly keys: readonly Uint8Array[];
  readonly problem?: string;
}

/** Gives the keys at each request. */
export type KeySource = () => Keys;

/** More than a few keys is another file. */
const MAX_BYTES = 4096;

/**
 * Keys of a file, which is read again when it has changed: a Secret's volume follows the Secret, and a key that was taken
 * away is refused at once. It is looked at when a request comes, so nothing wakes an idle agent. A file that is gone or broken
 * leaves no valid key.
 */
export function keyFile(path: string): KeySource {
  let version = '';
  let known: Keys = {keys: []};
  return () => {
    try {
      // The volume's files are links that are swapped as a whole; what they point to tells the versions apart.
      const {ino, mtimeMs, ctimeMs, size} = statSync(path);
      const found = `${ino} ${mtimeMs} ${ctimeMs} ${size}`;
      if (found !== version) {
        known = size > MAX_BYTES ? none(path, `is ${size} bytes long`) : read(path);
        version = found;
      }
      return known;
    } catch (error) {
      version = '';
      return none(
        path,
        error instanceof Error && 'code' in error
          ? `cannot be read (${String(error.code)})`
          : 'cannot be read',
      );
    }
  };
}

function read(path: string): Keys {
  const keys = readKeys(readFileSync(path, 'utf8'));
  return keys.length > 0 ? {keys} : none(path, 'holds no key of 32 bytes in base64');
}

function none(path: string, why: string): Keys {
  return {keys: [], problem: `the key file ${path} ${why}`};
}
