import {diagnose} from '../diagnose.ts';
import type {DiagnoseSinks} from '../diagnose.ts';
import type {Diagnosis} from '../present.ts';

/** What a capture is judged for. */
export interface JudgeCapture {
  signal: AbortSignal;
  /** A page has pictures, which take long to draw. */
  output: 'json' | 'html';
  /** Files of age identities, for a capture that is encrypted. */
  identity?: string[] | undefined;
  watch?: DiagnoseSinks['watch'];
}

/** Judges a capture as `doctor --from` does where nothing else is asked: the same evidence that everybody reads who gets it. */
export function judgeCapture(
  path: string,
  {signal, output, identity, watch}: JudgeCapture,
): Promise<Diagnosis> {
  const flags = {
    from: path,
    identity,
    agent: 'never',
    profile: 'support',
    confirm: '0',
    output,
    verbose: 0,
  } as const;
  return diagnose(flags, signal, watch && {watch});
}
