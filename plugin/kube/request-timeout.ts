import {UserError} from '../errors.ts';
import {EXIT} from '../../src/report/exit.ts';

const UNIT_MS: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/** The longest that a timer of Node can wait, 24 days: whoever asks for no limit gets this. */
const NO_LIMIT_MS = 2 ** 31 - 1;

/** Reads `--request-timeout` as kubectl does: milliseconds, `undefined` where nothing was asked; `0` means no limit. */
export function parseRequestTimeout(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : durationMs(value);
  if (ms === undefined) {
    throw new UserError(`\`--request-timeout ${value}\` is no time`, {
      code: 'bad-timeout',
      fix: ['write a whole number of seconds, or a number with a unit: `30s`, `1m30s`'],
      exitCode: EXIT.usage,
    });
  }
  return ms > 0 ? Math.min(ms, NO_LIMIT_MS) : NO_LIMIT_MS;
}

/** Reads a time as Go writes it (`30s`, `1m30s`): milliseconds, `undefined` where it is none. */
export function durationMs(value: string): number | undefined {
  let rest = value;
  let sum = 0;
  while (rest) {
    const part = /^(\d+(?:\.\d+)?)(ms|s|m|h)/.exec(rest);
    if (!part?.[1] || !part[2]) return undefined;
    sum += Number(part[1]) * (UNIT_MS[part[2]] ?? 0);
    rest = rest.slice(part[0].length);
  }
  return sum;
}
