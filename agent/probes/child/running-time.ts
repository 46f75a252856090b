/** How often the process looks whether it is let run, and how late it may be before the rest counts as lost. */
const BEAT_MS = 20;
const LATE_MS = 20;

let stalled = 0;
let lastBeat: number | undefined;

/**
 * A clock that stands still while this process is not let run, milliseconds: a node whose processors are taken, or a container at
 * its limit, must not look like a network that loses packets.
 */
export function ranMs(): number {
  if (lastBeat === undefined) {
    lastBeat = performance.now();
    setInterval(beat, BEAT_MS).unref();
  }
  const now = performance.now();
  return now - stalled - lateAt(now, lastBeat);
}

/** Milliseconds that the process has run since a time of that clock, to a hundredth. */
export function since(begun: number): number {
  return Math.round((ranMs() - begun) * 100) / 100;
}

/**
 * Calls back when the process has run for so long, and what arrived meanwhile has been read: whoever was not let run finds
 * the timer due before it looks at its sockets. Answers what calls it off.
 */
export function afterRunning(ms: number, then: () => void): () => void {
  const begun = ranMs();
  let immediate: NodeJS.Immediate | undefined;
  const look = (): void => {
    const left = ms - (ranMs() - begun);
    if (left > 1) timer = setTimeout(look, left);
    else immediate = setImmediate(then);
  };
  let timer = setTimeout(look, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}

function beat(): void {
  const now = performance.now();
  stalled += lateAt(now, lastBeat ?? now);
  lastBeat = now;
}

function lateAt(now: number, last: number): number {
  return Math.max(0, now - last - BEAT_MS - LATE_MS);
}
