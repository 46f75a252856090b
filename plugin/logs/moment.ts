/** Characters of `2026-09-01T12:00:00`. */
const WHOLE_SECOND = 19;
const FRACTION = /^\.(\d+)(Z|[+-]\d\d:\d\d)$/;

let lastSecond = '';
let lastZone = '';
let lastMs = NaN;

/**
 * Milliseconds since 1970 of a time as runtimes write it, with as much of its nanoseconds as a number holds. Lines of one
 * second come together, so that second is kept.
 */
export function momentOf(time: string): number | undefined {
  const [, digits, zone] = FRACTION.exec(time.slice(WHOLE_SECOND)) ?? [];
  if (digits === undefined || zone === undefined) {
    const ms = Date.parse(time);
    return Number.isNaN(ms) ? undefined : ms;
  }
  const second = time.slice(0, WHOLE_SECOND);
  if (second !== lastSecond || zone !== lastZone) {
    lastSecond = second;
    lastZone = zone;
    lastMs = Date.parse(second + zone);
  }
  return Number.isNaN(lastMs) ? undefined : lastMs + Number(`0.${digits}`) * 1000;
}
