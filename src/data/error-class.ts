import type {ErrorEntry} from './errors.ts';
import {classifyError, isNoise} from './errors.ts';

/** What kind of error a text is: an entry of the catalogue, or else its normalised text. */
export interface ErrorClass {
  /** Groups findings: the entry's id, or `other: …`. */
  cause: string;
  entry?: ErrorEntry;
}

/** Enough to tell classes apart, and short enough for a fingerprint's reader. */
const MAX_NORMALISED = 120;

/**
 * Classifies the text of an error; `undefined` for the noise of healthy nodes. `names` are those of the subject, which an
 * unknown text may hold and its class may not.
 */
export function errorClass(text: string, names: readonly string[]): ErrorClass | undefined {
  const entry = classifyError(text);
  if (entry) return {cause: entry.id, entry};
  return isNoise(text) ? undefined : {cause: `other: ${normalise(text, names)}`};
}

const SEPARATORS = /([\s"'`(),;:=[\]{}<>/\\@]+)/;
/** HRESULTs and short codes stay: they are the class. */
const CODE = /^0x[\da-f]{1,8}$/i;
const HAS_DIGIT = /\d/;

/**
 * An error without what changes from pod to pod: names, ids, addresses, paths and figures become `*`. The same fault
 * gives the same text on any pod, on any day.
 */
export function normalise(text: string, names: readonly string[]): string {
  const variable = new Set(names);
  const parts = text.slice(0, MAX_NORMALISED * 8).split(SEPARATORS);
  const words = parts.map((part, i) => {
    if (i % 2 === 1) return separator(part);
    if (variable.has(part) || (HAS_DIGIT.test(part) && !CODE.test(part))) return '*';
    return part;
  });
  return words
    .join('')
    .replaceAll(/\*(?:[-_./:*]+\*)+/g, '*')
    .trim()
    .slice(0, MAX_NORMALISED);
}

function separator(part: string): string {
  return /\s/.test(part) ? part.replaceAll(/\s+/g, ' ') : part;
}
