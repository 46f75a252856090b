/** Milliseconds since 1970. */
export type Clock = () => number;

/**
 * A clock that is right when it starts and then never jumps: it runs on the monotonic one. Times of signatures are compared
 * by it, so that a node's clock that is set back makes no old request valid again.
 */
export function steadyClock(): Clock {
  const started = Date.now() - performance.now();
  return () => Math.round(started + performance.now());
}
