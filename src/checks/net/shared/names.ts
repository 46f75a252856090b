import type {ProbeResult} from '../../../probes/types.ts';

/** Whether a server said that it does not have the name, or fails at it: silence and a closed port say nothing of the name. */
export function isRefusedName({error}: ProbeResult): boolean {
  return error === 'name-not-found' || error === 'server-failure';
}

/** Whether a connection failed before it began: its name leads nowhere. */
export function isNameError({error}: ProbeResult): boolean {
  return error === 'name-not-found' || error === 'server-failure' || error === 'no-answer';
}
