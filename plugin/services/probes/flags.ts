import type {PlanOptions} from '../../../src/probes/plan.ts';
import {readTarget} from '../../../src/probes/targets.ts';
import type {UserTarget} from '../../../src/probes/targets.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {UserError} from '../../errors.ts';

/** Flags that say what is tried. */
export interface ProbeFlags {
  probe: 'quick' | 'full';
  coverage?: string | undefined;
  target?: string[] | undefined;
  'host-only'?: boolean | undefined;
  exec?: boolean | undefined;
}

/** What flags ask of a plan. Throws a `UserError` where one of them makes no sense. */
export function planOptionsOf({
  probe,
  coverage,
  target = [],
  'host-only': hostOnly = false,
}: ProbeFlags): PlanOptions {
  return {
    mode: probe,
    targets: target.map(targetOf),
    hostOnly,
    ...(coverage !== undefined && {coverage: coverageOf(coverage)}),
  };
}

function targetOf(text: string): UserTarget {
  const target = readTarget(text);
  if (target) return target;
  throw new UserError(`--target ${text} is neither HOST:PORT nor http(s)://HOST[:PORT]`, {
    code: 'bad-flag',
    fix: ['name a host and its port, such as `--target example.com:443`'],
    exitCode: EXIT.usage,
  });
}

function coverageOf(text: string): number {
  const match = /^(\d{1,3}(?:\.\d+)?)(%?)$/.exec(text);
  const value = match ? Number(match[1]) / (match[2] ? 100 : 1) : Number.NaN;
  if (value > 0 && value <= 1) return value;
  throw new UserError(`--coverage ${text} is no probability`, {
    code: 'bad-flag',
    fix: ['give a number above 0, at most 1, or a share such as `--coverage 95%`'],
    exitCode: EXIT.usage,
  });
}
