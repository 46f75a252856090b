import {diskFault} from '../../bundle/disk-fault.ts';
import type {SpoolOptions} from '../../bundle/spool.ts';
import {Spool} from '../../bundle/spool.ts';
import {UserError} from '../../errors.ts';

/** Begins a bundle beside where it will lie, or goes on in a folder. Throws a `UserError` where nothing can be written there. */
export function spoolFor(archive: string, options: SpoolOptions): Spool {
  try {
    return new Spool(archive, options);
  } catch (cause) {
    const reason = diskFault(cause) ?? (cause instanceof Error ? cause.message : String(cause));
    throw new UserError(`${archive} cannot be written: ${reason}`, {
      code: 'output-file',
      fix: ['name a file in a folder that you may write to: `--output-file PATH`'],
      cause,
    });
  }
}
