import type {ProcessFacts} from '../../src/protocol/node-facts.ts';
import {allowedFlags, flagsOf} from '../host/flags.ts';
import type {Gaps} from '../host/gaps.ts';
import type {ListedProcess} from './api/processes.ts';
import type {Windows} from './windows.ts';

/** All processes. Command lines are asked only of programs on the allow-list, and only allowed flags are kept. */
export function processFacts(windows: Windows, gaps: Gaps): ProcessFacts[] {
  return windows.processes().map(process => ({...process, flags: flagsOfProcess(process, windows, gaps)}));
}

function flagsOfProcess({pid, image}: ListedProcess, windows: Windows, gaps: Gaps): ProcessFacts['flags'] {
  const allowed = allowedFlags(image);
  if (!allowed) return null;
  const args = gaps.fact(`flags of ${image} (${pid})`, () => windows.argumentsOf(pid));
  return args && flagsOf(args.slice(1), allowed);
}
