import {buildForTest} from '../parts/build.ts';
import type {ContainerdKind} from './containerd.ts';

/** The containerds that tests run with: Debian's of line 1.6, and one of line 2.2 that is built. */
export const KINDS: Readonly<Record<string, (say: (line: string) => void) => Promise<ContainerdKind>>> = {
  'containerd 1.6': async () => ({folder: '/usr/bin', configVersion: 2}),
  'containerd 2.2': async say => ({folder: await buildForTest('containerd2', say), configVersion: 3}),
};
