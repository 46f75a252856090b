import {LabError} from '../parts/failure.ts';

const SECONDS: Record<string, number> = {s: 1, m: 60, h: 3600, d: 86_400};

const RELATIVE = /\$\{([+-])(\d{1,9})([smhd])(:micro)?\}/g;

/**
 * Puts times where a scene names them relative to the moment of loading: `${-5m}` is five minutes ago, `${+1h}` in an
 * hour; units s, m, h, d. Leases and `eventTime` want microseconds: `${-20s:micro}`.
 */
export function withTimes(text: string, now: Date): string {
  const done = text.replaceAll(RELATIVE, (_, sign: string, count: string, unit: string, micro?: string) => {
    const seconds = Number(`${sign}${count}`) * (SECONDS[unit] ?? 0);
    const whole = new Date(now.getTime() + seconds * 1000).toISOString().slice(0, 19);
    return micro === undefined ? `${whole}Z` : `${whole}.000000Z`;
  });
  const left = /\$\{[^}\n]*\}/.exec(done);
  if (left) throw new LabError(`${left[0]} is no relative time: write \${-5m}, \${+1h} or \${-20s:micro}`);
  return done;
}
