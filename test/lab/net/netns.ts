import {closeSync, openSync} from 'node:fs';
import koffi from 'koffi';

/** Flag of a network namespace for unshare(2) and setns(2). */
const CLONE_NEWNET = 0x40_00_00_00;
/** That of the thread that looks: `openSync` leaves it to no other. */
const OWN = '/proc/thread-self/ns/net';

const libc = koffi.load('libc.so.6');
const unshare: (kind: number) => number = libc.func('int unshare(int kind)');
const setns: (fd: number, kind: number) => number = libc.func('int setns(int fd, int kind)');

/** A network namespace that nothing but this process's open file holds: it goes with the process, however that ends. */
export class HeldNetns {
  readonly #fd: number;

  constructor() {
    const home = openSync(OWN, 'r');
    try {
      called('unshare', unshare(CLONE_NEWNET));
      this.#fd = openSync(OWN, 'r');
      called('setns', setns(home, CLONE_NEWNET));
    } finally {
      closeSync(home);
    }
  }

  /** By which other programs may enter it, as long as it is held. */
  get file(): string {
    return `/proc/${process.pid}/fd/${this.#fd}`;
  }

  /** Does something in it that is done when it returns: what it starts and opens stays there. */
  within<T>(work: () => T): T {
    const home = openSync(OWN, 'r');
    try {
      called('setns', setns(this.#fd, CLONE_NEWNET));
      return work();
    } finally {
      called('setns', setns(home, CLONE_NEWNET));
      closeSync(home);
    }
  }

  /** Lets go of it: it is gone when no process is left in it. */
  release(): void {
    closeSync(this.#fd);
  }
}

function called(name: string, answer: number): void {
  if (answer !== 0) throw new Error(`${name}: errno ${koffi.errno()}; network namespaces need root`);
}
