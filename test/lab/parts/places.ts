import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {cacheRoot} from '../../../scripts/cache/places.ts';

const {XDG_RUNTIME_DIR} = process.env;

/** Where built binaries are kept between checkouts. */
export const cacheDir = join(cacheRoot, 'lab');

/** Where running labs live. Kept short: a Unix socket's path may have at most 107 bytes. */
export const runDir = join(XDG_RUNTIME_DIR || tmpdir(), `kubectl-win-lab-${userInfo().uid}`);

/** The folder of this code, of the pinned modules and of the scenes. */
export const labDir = join(import.meta.dirname, '..');

/** All files of one lab. */
export class LabDir {
  readonly name: string;
  readonly root: string;

  constructor(name: string) {
    this.name = name;
    this.root = join(runDir, name);
  }

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  log(part: string): string {
    return this.path(`${part}.log`);
  }

  kubeconfig(user: string): string {
    return this.path(user === 'admin' ? 'kubeconfig' : `kubeconfig-${user}`);
  }

  /** What `status` and the test client need to know of a running lab. */
  get facts(): string {
    return this.path('lab.json');
  }
}
