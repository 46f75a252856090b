import type {LoadedCapture} from '../../src/capture/load.ts';
import {loadCapture} from '../../src/capture/load.ts';
import {UnrecognizedCapture} from '../../src/capture/files.ts';
import {visible} from '../../src/report/visible.ts';
import type {NodeVisitor} from '../../src/node/visitor.ts';
import {UserError} from '../errors.ts';
import {openMarked} from './marked.ts';
import type {OpenOptions} from './open.ts';
import {openCapture} from './open.ts';

/** How a capture is loaded. */
export interface LoadSnapshotOptions extends OpenOptions {
  /** The moment to judge at, RFC 3339; by default the one at which it was collected. */
  now?: string;
  /** Takes each node as soon as its files are read. */
  visitor?: NodeVisitor;
}

/** Reads any capture into a Snapshot. Throws `UserError` where it cannot be opened or nothing in it can be read. */
export async function loadSnapshotFrom(
  path: string,
  {now, visitor, ...open}: LoadSnapshotOptions = {},
): Promise<LoadedCapture> {
  const files = (await openMarked(path, open)) ?? (await openCapture(path, open));
  try {
    const loaded = await loadCapture(files, {
      fallbackTime: new Date().toISOString(),
      ...(now !== undefined && {now}),
      ...(visitor && {visitor}),
    });
    return {...loaded, notes: loaded.notes.map(visible)};
  } catch (cause) {
    if (!(cause instanceof UnrecognizedCapture)) throw cause;
    throw new UserError(visible(cause.message), {
      code: 'capture-unrecognized',
      fix: [
        'Give `--from` a support bundle, `kubectl cluster-info dump --output-directory`, a must-gather, or files of `kubectl get … -o json`',
      ],
      cause,
    });
  }
}
