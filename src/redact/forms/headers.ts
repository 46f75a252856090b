import {MASK} from '../mask.ts';
import {isPlaceholder, looksRandom} from '../values.ts';
import type {Form} from './look.ts';
import {MAX_VALUE, until} from './look.ts';

const CREDENTIAL = /[\w.~+/=-]{8,}/y;

/** `Bearer x`, `Basic x` wherever they stand; the word itself is one of many languages. */
export const scheme: Form = ({text, low, at, end}) => {
  if (/\w/.test(text[at - 1] ?? '')) return undefined;
  const start = skipSpaces(text, end);
  if (start === end || start - end > 4) return undefined;
  CREDENTIAL.lastIndex = start;
  const found = CREDENTIAL.exec(text)?.[0];
  if (found === undefined || !isCredential(found, low.startsWith('basic', at))) return undefined;
  return {start, end: start + found.length, by: MASK, rule: 'authorization'};
};

function isCredential(word: string, basic: boolean): boolean {
  if (basic && /^[A-Za-z0-9+/]{8,}={0,2}$/.test(word) && word.length % 4 === 0 && hasColon(word)) return true;
  return /\d/.test(word) && !word.startsWith('realm=') && !/^[\d.:-]+$/.test(word);
}

function hasColon(word: string): boolean {
  try {
    return atob(word).includes(':');
  } catch {
    return false;
  }
}

const LINE_ENDS = /[\r\n"'`]|\\[nr"]/g;
const WORD_ENDS = /[\s"'`,;\\]/g;
/** Schemes whose credentials are one word; those of others hold spaces and commas. */
const ONE_WORD = /^(?:bearer|basic|negotiate|ntlm|token|apikey|sharedkey|sharedkeylite|kerberos)$/i;
const SCHEME = /([A-Za-z][\w-]{2,30})[ \t]{1,4}/y;

/** `Authorization: <scheme> <credentials>` and its kin for proxies, in headers, JSON and commands. */
export const authorization: Form = ({text, low, end}) => {
  const open = valueStart(text, end);
  if (open === undefined) return undefined;
  const {start} = open;
  SCHEME.lastIndex = start;
  const word = SCHEME.exec(text);
  if (word && ONE_WORD.test(word[1] ?? '')) {
    const first = start + word[0].length;
    const last = until(text, first, WORD_ENDS);
    return edit(text, first, last, value => value.length >= 6 && !value.startsWith('realm='));
  }
  if (word && /^(?:digest|aws4-hmac-sha256|sharedaccesssignature|hawk|signature|oauth)$/i.test(word[1] ?? ''))
    return edit(text, start + word[0].length, until(text, start, LINE_ENDS), () => true);
  const last = until(text, start, WORD_ENDS);
  // A word alone: `authorization: denied`, `authorization=Webhook`.
  return low.startsWith('authorization', end - 13)
    ? edit(text, start, last, value => looksRandom(value) || (/\d/.test(value) && value.length >= 12))
    : undefined;
};

/** `Cookie: a=b; c=d` and `Set-Cookie: …`: all of it, for nobody knows which of its parts is a session. */
export const cookie: Form = ({text, at, end}) => {
  if (/[\w]/.test(text[at - 1] ?? '')) return undefined;
  const open = valueStart(text, end);
  if (open === undefined) return undefined;
  const last = Math.min(until(text, open.start, LINE_ENDS), open.start + MAX_VALUE);
  return edit(text, open.start, last, value => value.includes('='), 'cookie');
};

function edit(
  text: string,
  start: number,
  end: number,
  fits: (value: string) => boolean,
  rule = 'authorization',
): ReturnType<Form> {
  const value = text.slice(start, end).trimEnd();
  if (isPlaceholder(value) || !fits(value)) return undefined;
  return {start, end: start + value.length, by: MASK, rule};
}

const SEPARATOR = /(?:\\{0,3}["'])?[ \t]{0,4}[:=][ \t]{0,4}(?:\[?\\{0,3}["'])?/y;

/** Where the value of a name starts that ends here. */
function valueStart(text: string, end: number): {start: number} | undefined {
  SEPARATOR.lastIndex = end;
  const found = SEPARATOR.exec(text);
  return found ? {start: end + found[0].length} : undefined;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
