import {MASK} from './mask.ts';

/** Words that stand where a value is not told, and references that are resolved elsewhere. */
const PLACEHOLDER =
  /^(?:[*•xX.\-_]{3,}|\*\*\*[\w ]{0,40}\*\*\*|true|false|null|nil|none|unset|undefined|yes|no|on|off|empty|redacted|masked|hidden|\[?redacted\]?|<[^<>]{0,80}>|\(sensitive(?: value)?\)|\$\{[^{}]{1,200}\}|\$\([^()]{1,200}\)|\$[A-Za-z_]\w{0,60}|%[A-Za-z_]\w{0,60}%|\{\{[^{}]{0,200}\}\}|@Microsoft\.KeyVault\(.{0,300}\)|\d{1,9} bytes long|\w{0,20}Ref)$/i;

/** A path and nothing else: where a secret lies is none. */
const PATH = /^(?:[A-Za-z]:[\\/]|\/|\\\\|\.{1,2}[\\/]|~\/|%\w{1,30}%[\\/])[\w .\\/()%~{}$@-]{0,250}$/;

/** Names of Kubernetes objects: `shop/web-tls`, `web-tls-7f8d9`, `default-token-x2x4q`. */
const OBJECT_NAME = /^[a-z0-9][a-z0-9.-]{0,252}(?:\/[a-z0-9][a-z0-9.-]{0,252})?$/;

/** Whether a value has the form of an object's name, with or without its namespace. */
export function isObjectName(value: string): boolean {
  return OBJECT_NAME.test(value);
}

/** A value is looked at so far; what is longer is no placeholder. */
const MAX_PLACEHOLDER = 320;

/** Whether a value stands for nothing, for what was taken out, or for something elsewhere. */
export function isPlaceholder(value: string): boolean {
  if (value === '' || value === MASK) return true;
  return value.length <= MAX_PLACEHOLDER && PLACEHOLDER.test(value);
}

/** Whether a value is a path, by its form; `/` begins base64, too, so that a file's path has a dot or a space, or several parts. */
export function isPath(value: string): boolean {
  if (value.length > MAX_PLACEHOLDER || !PATH.test(value)) return false;
  return !value.startsWith('/') || /[.-]|\/.*\//.test(value.slice(1)) || value.length < 24;
}

/** Bits of entropy per character above which a word is made by a machine: words of languages have less than three. */
const RANDOM_BITS = 3.2;
const MIN_RANDOM = 16;
const GUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
/** Digests, ids of containers, layers and traces. */
const HEX = /^(?:0x)?[0-9a-f]+$/i;

/** Whether a value is of the kind that ids of things have: GUIDs, digests, addresses, versions. */
export function isIdentifier(value: string): boolean {
  return GUID.test(value) || HEX.test(value) || /^[\d.:/,-]+$/.test(value) || /^sha\d{3}:/.test(value);
}

/** Whether a word looks made by a machine and is no identifier: letters of both cases and digits, or signs, mixed. */
export function looksRandom(value: string): boolean {
  if (value.length < MIN_RANDOM || value.length > 4096) return false;
  if (isIdentifier(value) || OBJECT_NAME.test(value)) return false;
  const classes =
    Number(/[a-z]/.test(value)) +
    Number(/[A-Z]/.test(value)) +
    Number(/\d/.test(value)) +
    Number(/[+/=_~!#$%^*]/.test(value));
  return classes >= 3 && /\d/.test(value) && entropy(value) >= RANDOM_BITS && !hasWords(value);
}

/** Names in CamelCase with a number, paths and hyphenated words have long runs of lower-case letters. */
function hasWords(value: string): boolean {
  const words = value.match(/[A-Z]?[a-z]{3,}/g) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  return letters > value.length * 0.75;
}

/** Shannon's entropy of the characters, in bits for each. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const times of counts.values()) bits -= (times / value.length) * Math.log2(times / value.length);
  return bits;
}

/** A value that its name alone does not condemn: it has a digit or a sign as passwords have, and is no name of an object. */
export function looksSecret(value: string): boolean {
  if (value.length < 8 || value.length > 4096 || isIdentifier(value)) return false;
  if (OBJECT_NAME.test(value)) return looksTokenLike(value);
  return /\d/.test(value) && /[A-Za-z]/.test(value)
    ? !/^[\w-]+\.[\w.-]+:?\d*$/.test(value) || looksRandom(value)
    : false;
}

/** `abcdef.0123456789abcdef`, kubeadm's form (https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/). */
const BOOTSTRAP = /^[a-z0-9]{6}\.[a-z0-9]{16}$/;

/** Whether a value in small letters and digits is a token: no word and no hyphen in it, digits all over. */
export function looksTokenLike(value: string): boolean {
  if (BOOTSTRAP.test(value) && /\d/.test(value)) return true;
  if (value.length < 20 || value.length > 4096 || /[./-]/.test(value)) return false;
  return (value.match(/\d/g)?.length ?? 0) >= value.length * 0.15 && /[g-z]/.test(value);
}
