import {MASK} from '../../redact/mask.ts';
import {maskSecrets, maskWords, namesSecret} from '../../redact/quoted.ts';
import type {Reader} from '../shape.ts';
import {list, mapOf, text} from '../shape.ts';

/** Longer messages repeat themselves: the API server lets events have 1 KiB and conditions 32. */
const MAX_MESSAGE = 32 * 1024;

/** A text of somebody else's that reports quote, without the credentials in it. */
export const masked: Reader<string> = (value, at, report) => {
  const read = text(value, at, report);
  return read === undefined ? undefined : maskSecrets(read);
};

/** The API server takes any text for an image; no registry takes a longer one. */
const MAX_IMAGE = 1024;

/** An image's name: without the credentials that do not belong there, and no longer than one can be. */
export const image: Reader<string> = (value, at, report) => {
  const read = text(value, at, report);
  return read === undefined ? undefined : maskSecrets(read.slice(0, MAX_IMAGE));
};

/** What a component says of an object: masked, and no longer than such a message can be. */
export const message: Reader<string> = (value, at, report) => {
  const read = text(value, at, report);
  if (read === undefined) return undefined;
  return maskSecrets(read.length > MAX_MESSAGE ? `${read.slice(0, MAX_MESSAGE)}…` : read);
};

const words = list(text);

/** A command line, word by word: positions stay, values of `--password` and the like do not. */
export const commandLine: Reader<string[]> = (value, at, report) => {
  const read = words(value, at, report);
  return read && maskWords(read);
};

const anySettings = mapOf(masked);

/** Settings by name, without the values of those whose names say that they are secret. */
export const settings: Reader<Record<string, string>> = (value, at, report) => {
  const read = anySettings(value, at, report);
  // `read` was made here, so every key is its own, and assigning to `__proto__` is not reached: it names no secret.
  for (const name of Object.keys(read ?? {})) if (read && namesSecret(name)) read[name] = MASK;
  return read;
};
