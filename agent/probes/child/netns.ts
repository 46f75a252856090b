import {closeSync, openSync, statSync} from 'node:fs';
import type {Stats} from 'node:fs';
import koffi from 'koffi';
import type {Entered} from './entered.ts';
import {EnterError} from './entered.ts';

/** setns(2). */
const CLONE_NEWNET = 0x40_00_00_00;
/** The network namespace of the thread that looks, which is the main one: `statSync` leaves it to no other. */
const OWN = '/proc/thread-self/ns/net';

/**
 * Enters a Linux network namespace with this thread. Node.js makes sockets on its main thread, which is this one; threads for
 * files and lookups stay where they are. Throws an {@link EnterError}.
 */
export function enterNetns(path: string): Entered {
  const target = open(path);
  try {
    if (!isSame(statSync(OWN), target.stats)) setNetns(target.fd, path);
    // The call is believed only when the kernel says the same.
    if (!isSame(statSync(OWN), target.stats))
      throw new EnterError('failed', `this process is not in ${path} after it entered it`);
  } finally {
    closeSync(target.fd);
  }
  return {way: 'netns', gone: () => (isThere(path, target.stats) ? undefined : `${path} is gone`)};
}

function open(path: string): {fd: number; stats: Stats} {
  try {
    const fd = openSync(path, 'r');
    return {fd, stats: statSync(path)};
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const isGone = code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR';
    throw new EnterError(isGone ? 'gone' : 'failed', `${path} cannot be opened (${code})`, error);
  }
}

function setNetns(fd: number, path: string): void {
  const setns: (fd: number, kind: number) => number = koffi
    .load('libc.so.6')
    .func('int setns(int fd, int kind)');
  if (setns(fd, CLONE_NEWNET) === 0) return;
  const errno = koffi.errno();
  const name = Object.entries(koffi.os.errno).find(([, value]) => value === errno)?.[0] ?? String(errno);
  // What was mounted there is no network namespace any more, once its pod is gone.
  throw new EnterError(name === 'EINVAL' ? 'gone' : 'failed', `${path} cannot be entered (${name})`);
}

function isThere(path: string, entered: Stats): boolean {
  try {
    return isSame(statSync(path), entered);
  } catch {
    return false;
  }
}

function isSame(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev;
}
