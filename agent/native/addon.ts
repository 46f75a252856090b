import {createHash, randomUUID} from 'node:crypto';
import {mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, extname, join} from 'node:path';

/** Name under which a native part lies on disk: no two versions share one. */
export function unpackedName(packed: string, contents: Uint8Array): string {
  const extension = extname(packed);
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 16);
  return `${basename(packed, extension)}-${hash}${extension}`;
}

/**
 * Loads a native part that is packed into the program. The system loads only files: images bring it along beside the
 * executable, where only those can write who can replace the executable itself. Elsewhere it is written once, beside the
 * executable or into the folder that `PKG_NATIVE_CACHE_PATH` names, for a program on a read-only medium.
 *
 * What lies there is loaded only if it has the packed bytes.
 */
export function loadAddon(packed: string): unknown {
  const contents = readFileSync(packed);
  const name = unpackedName(packed, contents);
  const beside = dirname(process.execPath);
  const cache = process.env['PKG_NATIVE_CACHE_PATH'] || beside;
  const brought = join(beside, name);
  const path = holds(brought, contents) ? brought : join(cache, name);
  if (!holds(path, contents)) unpack(path, contents);
  const module = {exports: {}};
  process.dlopen(module, path);
  return module.exports;
}

function holds(path: string, contents: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(contents);
  } catch {
    return false;
  }
}

/** Several processes of one program may start at once: each writes a file of its own, and the last rename wins. */
function unpack(path: string, contents: Uint8Array): void {
  const half = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), {recursive: true});
    writeFileSync(half, contents, {mode: 0o700, flag: 'wx'});
    renameSync(half, path);
  } catch (error) {
    discard(half);
    // Windows refuses to replace a library that another process has loaded by now.
    if (holds(path, contents)) return;
    throw new Error(
      `the native part could not be written to ${dirname(path)}: let the program write there, or name another folder in PKG_NATIVE_CACHE_PATH`,
      {cause: error},
    );
  }
}

function discard(path: string): void {
  try {
    rmSync(path, {force: true});
  } catch {
    // Where nothing could be written there is nothing to remove; the first error says why.
  }
}
