import {CollectError} from '../collect/collector.ts';
import type {Folder} from './node-view.ts';

const DRIVE_C = /^[Cc]:[\\/]+/;
/** No separator, stream, wildcard or control character. */
const NAME = /^[^\\/:*?"<>|\u0000-\u001f]{1,255}$/;
const MAX_NAMES = 32;

/** The names that a path on a container's drive C is made of; `undefined` for any other path. */
export function namesOf(path: string): string[] | undefined {
  if (!DRIVE_C.test(path)) return undefined;
  const names = path.replace(DRIVE_C, '').split(/[\\/]+/);
  return names.length <= MAX_NAMES && names.every(isPlain) ? names : undefined;
}

function isPlain(name: string): boolean {
  return NAME.test(name) && name !== '.' && name !== '..';
}

/** Reads a file below a root by its names, one by one, each from the folder before it. Throws CollectError. */
export function readBelow(root: Folder, names: readonly string[], maxBytes: number): Uint8Array {
  const [name = '', ...rest] = names;
  if (rest.length === 0) return root.read(name, maxBytes);
  const folder = root.folder(name);
  try {
    return readBelow(folder, rest, maxBytes);
  } finally {
    folder.close();
  }
}

/** What a failure says in a file, which has no reason of its own. */
export function wordsOf(error: unknown): string {
  if (error instanceof CollectError) return error.message;
  throw error;
}
