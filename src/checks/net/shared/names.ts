import type {ProbeResult} from '../../../probes/types.ts';

/** Whether a connection failed before it began: its name leads nowhere. */
export function isNameError({error}: ProbeResult): boolean {
  return error === 'name-not-found' || error === 'server-failure' || error === 'no-answer';
}
