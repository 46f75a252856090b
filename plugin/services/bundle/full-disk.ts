import {diskFault} from '../../bundle/disk-fault.ts';
import type {Spool} from '../../bundle/spool.ts';
import {UserError} from '../../errors.ts';

/** What to throw of an error: where it says that the disk is full, a `UserError` that says so, and where what was read is kept. */
export function orFullDisk(error: unknown, spool: Spool, archive: string): unknown {
  const fault = diskFault(error);
  if (fault === undefined) return error;
  return new UserError(`${archive} cannot be written: ${fault}`, {
    code: 'disk-full',
    fix: spool.keep()
      ? [`make room, then \`kubectl win bundle --resume ${spool.root}\`: what was read is kept there`]
      : ['make room, or name a file on another disk: `--output-file PATH`'],
    cause: error,
  });
}
