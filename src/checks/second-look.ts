import {MINUTE, SECOND} from '../snapshot/time.ts';

/** What HNS converges to by itself is seen wrong in two looks this far apart before it counts as certain (CONTRACT §2). */
export const LOOKS_APART = 60 * SECOND;

/**
 * Where everything that decides a fault has been unchanged for so long, one look is enough: kube-proxy would have come round
 * (CONTRACT §2).
 */
export const SETTLED_AFTER = 5 * MINUTE;

/** A second look at the same node (`--confirm`). */
export interface SecondLook {
  /** Milliseconds since 1970. */
  at: number;
  /** Whether the same fault, by its own key, was in it again. */
  seen: boolean;
}

/** When a fault was seen, all in milliseconds since 1970. */
export interface Looks {
  /** The first look. */
  at: number;
  /** Since when everything that decides it is unchanged, by its own times; undefined where that is not known. */
  unchangedSince?: number | undefined;
  /** Undefined where none was taken. */
  second?: SecondLook | undefined;
}

/**
 * What two looks make of a fault that was seen in the first one: `confirmed`, `suspected`, or `gone` where it has healed by
 * the second. A second look that came too early says nothing.
 */
export function stateOf({at, unchangedSince, second}: Looks): 'confirmed' | 'suspected' | 'gone' {
  if (second && second.at - at >= LOOKS_APART) return second.seen ? 'confirmed' : 'gone';
  if (unchangedSince !== undefined && at - unchangedSince >= SETTLED_AFTER) return 'confirmed';
  return 'suspected';
}
