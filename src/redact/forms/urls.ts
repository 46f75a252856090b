import {MASK} from '../mask.ts';
import {isPlaceholder, looksRandom, looksTokenLike} from '../values.ts';
import type {Form} from './look.ts';
import {until} from './look.ts';

/** Longest user and password before an `@`. */
const MAX_USER = 1024;
const AUTHORITY_ENDS = /[/\s"'<>`\\,?#]/g;
/** An image's digest follows an `@`, too. */
const DIGEST = /^sha\d{3}:/;
/** What is written before an address of mail or a reference, and is no user. */
const NO_USER =
  /^(?:mailto|email|mail|from|to|cc|bcc|sip|xmpp|upn|user|username|login|contact|owner|author|smtp)$/i;

/** `https://user:password@host`, `https://token@host`, `//user:password@host/share`. */
export const urlUser: Form = ({text, end, from}) => {
  const limit = Math.min(until(text, end, AUTHORITY_ENDS), end + MAX_USER);
  const authority = text.slice(end, limit);
  let length = authority.lastIndexOf('@');
  // `http://robot:p@ss@host`: the last one counts, but not that of a digest.
  while (length > 0 && DIGEST.test(text.slice(end + length + 1, end + length + 8)))
    length = authority.lastIndexOf('@', length - 1);
  const at = end + length;
  if (length <= 0 || end < from || isPlaceholder(authority.slice(0, length))) return undefined;
  return {start: end, end: at, by: MASK, rule: 'url-user'};
};

const BEFORE = /[\w.%+-]/;
const PASSWORD_STOPS = /[\s/\\@:"'`<>,;()[\]{}=]/;
const MAX_PART = 256;

/** `user:password@registry/image`, `user:password@tcp(host)`; but not `image:tag@sha256:…` and no address of mail. */
export const userBefore: Form = ({text, at, from}) => {
  if (DIGEST.test(text.slice(at + 1, at + 8)) || !/[\w[]/.test(text[at + 1] ?? '')) return undefined;
  const lowest = Math.max(from, at - MAX_PART);
  let start = at;
  while (start > lowest && !PASSWORD_STOPS.test(text[start - 1] ?? '')) start--;
  if (text[start - 1] !== ':' || start === at || start - 1 < from) return undefined;
  let user = start - 1;
  const first = Math.max(from, user - 64);
  while (user > first && BEFORE.test(text[user - 1] ?? '')) user--;
  const name = text.slice(user, start - 1);
  if (name === '' || /[:/\\]/.test(text[user - 1] ?? '') || NO_USER.test(name)) return undefined;
  if (isPlaceholder(text.slice(start, at))) return undefined;
  return {start, end: at, by: MASK, rule: 'user-password'};
};

const QUERY_ENDS = /[\s&"'<>\\;,)\]]/g;

/** `&sig=…` of a shared access signature, `?code=…` of a function, `?key=…`. */
export const queryKey: Form = ({text, low, at, end}) => {
  if (!/[?&;]/.test(text[at - 1] ?? '')) return undefined;
  const last = until(text, end, QUERY_ENDS);
  const value = text.slice(end, last);
  if (value.length < 6 || isPlaceholder(value)) return undefined;
  // A signature is nothing else; a key or a code may be one of the other kinds.
  if (!low.startsWith('sig', at) && !looksRandom(value) && !looksTokenLike(value)) return undefined;
  return {start: end, end: last, by: MASK, rule: 'url-query'};
};
