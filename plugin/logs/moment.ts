/** Characters of `2026-09-01T12:00:00`. */
const WHOLE_SECOND = 19;
const DOT = 0x2e;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

let lastSecond = '';
let lastZone = '';
let lastMs = NaN;

/**
 * Milliseconds since 1970 of a time as runtimes write it, with as much of its nanoseconds as a number holds. Lines of one
 * second come together, so that second is kept.
 */
export function momentOf(time: string): number | undefined {
  let end = WHOLE_SECOND;
  let fraction = 0;
  if (time.charCodeAt(end) === DOT) {
    let scale = 1000;
    end++;
    for (let code = time.charCodeAt(end); code >= DIGIT_0 && code <= DIGIT_9; code = time.charCodeAt(end)) {
      scale /= 10;
      fraction += (code - DIGIT_0) * scale;
      end++;
    }
  }
  const second = time.slice(0, WHOLE_SECOND);
  const zone = time.slice(end);
  if (second !== lastSecond || zone !== lastZone) {
    lastSecond = second;
    lastZone = zone;
    lastMs = Date.parse(second + zone);
  }
  return Number.isNaN(lastMs) ? undefined : lastMs + fraction;
}
