import type {Rules} from '../../../src/redact/rules/rules.ts';
import {Spool} from '../../bundle/spool.ts';
import {UserError} from '../../errors.ts';

/** Begins a bundle beside where it will lie. Throws a `UserError` where nothing can be written there. */
export function spoolFor(archive: string, rules: Rules | undefined): Spool {
  try {
    return new Spool(archive, rules);
  } catch (cause) {
    throw new UserError(
      `${archive} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        code: 'output-file',
        fix: ['name a file in a folder that you may write to: `--output-file PATH`'],
        cause,
      },
    );
  }
}
