import {constants} from 'node:fs';
import {open} from 'node:fs/promises';
import type {FileHandle} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {CollectError} from '../../collect/collector.ts';
import {finalPathOf} from './final-path.ts';

const onWindows = process.platform === 'win32';
/** Windows has neither: there the handle's own path is what is checked. A pipe that was planted must not hang the open. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A file that is open for reading. */
export interface OpenFile {
  readonly handle: FileHandle;
  /** Tells it from another file that gets its name later. */
  readonly identity: string;
  /** Bytes when it was opened. */
  readonly size: number;
  readonly modifiedNs: bigint;
}

/**
 * Opens a file that lies in a fixed folder, and nothing else: a name with a path in it, a link, junction or other reparse point
 * on the way, a second hard link, a device or a pipe are refused (CONTRACT §6), by what the handle says, not the name. Writers
 * are not disturbed: they may write, rename and delete it meanwhile. Answers nothing where there is no such file. Throws
 * CollectError.
 */
export async function openBelow(folder: string, name: string): Promise<OpenFile | undefined> {
  if (!isPlainName(name)) throw new CollectError('denied', `${JSON.stringify(name)} is no name of a file`);
  const path = join(folder, name);
  const handle = await open(path, FLAGS).catch((error: unknown) => {
    const reason = whyNot(error, path);
    if (reason) throw reason;
  });
  if (!handle) return undefined;
  try {
    const stat = await handle.stat({bigint: true});
    if (!stat.isFile()) throw new CollectError('denied', `${path} is no regular file`);
    if (stat.nlink > 1n) throw new CollectError('denied', `${path} is a hard link: it may belong elsewhere`);
    // Its name may be another by now: logs are renamed while they are opened. Its folder may not.
    if (!samePath(dirname(await finalPathOf(handle.fd)), folder))
      throw new CollectError('denied', `${path} is reached through a link: it leads out of its folder`);
    return {
      handle,
      identity: `${stat.dev}:${stat.ino}`,
      size: Number(stat.size),
      modifiedNs: stat.mtimeNs,
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** No separator, drive, stream (`name:stream`), device or step up. */
function isPlainName(name: string): boolean {
  return /^[^/\\:*?"<>|\u0000-\u001f]{1,255}$/.test(name) && name !== '.' && name !== '..';
}

/** Windows knows names in one case and is asked for them in any. */
function samePath(a: string, b: string): boolean {
  return onWindows ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function whyNot(error: unknown, path: string): CollectError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return undefined;
    case 'ELOOP':
      return new CollectError('denied', `${path} is a link: it may lead out of its folder`, error);
    case 'EACCES':
    case 'EPERM':
      return new CollectError('denied', `${path}: access is denied to the agent's account`, error);
    case 'EBUSY':
      return new CollectError(
        'failed',
        `${path} is open in another program that shares it with nobody`,
        error,
      );
    default:
      return new CollectError('failed', `${path} cannot be opened (${code})`, error);
  }
}
