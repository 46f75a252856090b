import {MASK} from '../mask.ts';
import type {NameKind} from '../names.ts';
import {nameKind} from '../names.ts';
import {isCount, isProse, isWord, maybeSecret} from '../judge.ts';
import {isObjectName, isPath, isPlaceholder, looksRandom, looksSecret} from '../values.ts';
import type {Form, Look} from './look.ts';
import {MAX_VALUE, until} from './look.ts';

/** A name is followed so far to either side. */
const MAX_NAME = 64;
const NAME_CHAR = /[\w.-]/;

/** A name in a text, with what was written around it. */
interface Name {
  readonly start: number;
  readonly end: number;
  readonly kind: NameKind;
  /** `-`, `--`, `/`: a flag. */
  readonly flag: boolean;
}

/** `password=x`, `"token": "x"`, `--client-secret x`, `Pwd=x;`, `password: x`, `password 'x'`. */
export const named: Form = look => {
  if (look.at < look.seen.end && look.at >= look.seen.start) return undefined;
  const name = nameAround(look);
  if (!name) return undefined;
  const {text} = look;
  const separator = separatorAfter(text, name);
  if (!separator) return name.kind === 'secret' ? quotedAfter(look, name) : undefined;
  const value = valueAt(text, separator.end, separator.kind);
  if (value.start < look.from) return undefined;
  const written = text.slice(value.start, value.end);
  if (!isSecret(written, {name, separator, value, text, strict: look.strict})) return undefined;
  const rule = value.wholeLine ? 'setting' : name.flag ? 'flag' : 'named-value';
  // In YAML an asterisk begins a reference: a text that is a whole value of it is quoted.
  const by = value.wholeLine ? `"${MASK}"` : MASK;
  return {start: value.start, end: value.end, by, rule};
};

function nameAround({text, at, end, from, seen}: Look): Name | undefined {
  let start = at;
  const lowest = Math.max(from, at - MAX_NAME);
  while (start > lowest && NAME_CHAR.test(text[start - 1] ?? '')) start--;
  // The letter of `\n` is none of the name.
  if (text[start - 1] === '\\' && /[nrt]/.test(text[start] ?? '') && start < at) start++;
  let last = end;
  const highest = Math.min(text.length, end + MAX_NAME);
  while (last < highest && NAME_CHAR.test(text[last] ?? '')) last++;
  while (last > end && /[.-]/.test(text[last - 1] ?? '')) last--;
  seen.start = start;
  seen.end = last;
  const whole = text.slice(start, last);
  const bare = whole.replace(/^[-.]+/, '');
  const kind = nameKind(bare);
  if (!kind) return undefined;
  const flag = whole.startsWith('-') || (text[start - 1] === '/' && /[\s"'`]/.test(text[start - 2] ?? ' '));
  return {start, end: last, kind, flag};
}

interface Separator {
  readonly kind: '=' | ':' | ' ';
  readonly end: number;
  /** The name stood in quotes: JSON or the like. */
  readonly quoted: boolean;
}

const AFTER = /(\\{0,7}["'`]\]?)?([ \t]{0,4})(=>|:=|==?|:|)([ \t]{0,4})/y;

function separatorAfter(text: string, name: Name): Separator | undefined {
  AFTER.lastIndex = name.end;
  const found = AFTER.exec(text);
  if (!found) return undefined;
  const [all, quote, before = '', sign = '', after = ''] = found;
  const end = name.end + all.length;
  const quoted = quote !== undefined;
  if (sign.includes('=')) return {kind: '=', end, quoted};
  if (sign === ':') return {kind: ':', end, quoted};
  if (name.flag && !quoted && before.length + after.length > 0) return {kind: ' ', end, quoted};
  // A flag of its own word in an array: ["--password", "x"].
  return undefined;
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** It is all that follows a name at the beginning of its line. */
  readonly wholeLine: boolean;
}

const OPEN = /(?:@|N)?(\\{0,7}["'`])/y;
const STOPS = /[\s"'`;&,<>|]|\\+[nrt"']/g;
const LINE_END = /[\r\n]/g;

function valueAt(text: string, from: number, kind: Separator['kind']): Value {
  OPEN.lastIndex = from;
  const open = OPEN.exec(text);
  if (open) {
    const quote = open[1] ?? '"';
    const start = from + open[0].length;
    const line = until(text, start, LINE_END);
    return {start, end: closing(text, start, quote, line), quoted: true, wholeLine: false};
  }
  let end = until(text, from, STOPS);
  if (kind === '=' && text[end] !== '\n') end = settingEnd(text, end);
  // A bracket that was not opened in the value closes what is around it.
  while (end > from && /[)\]}]/.test(text[end - 1] ?? '') && !/[([{]/.test(text.slice(from, end))) end--;
  while (end > from && /[.]/.test(text[end - 1] ?? '') && end - from < 200) end--;
  return {start: from, end, quoted: false, wholeLine: kind === ':' && isWholeLine(text, from, end)};
}

const QUOTE_OF: Readonly<Record<string, RegExp>> = {'"': /"/g, "'": /'/g, '`': /`/g};

/** The quote that closes: the same one, not itself escaped by more than the opening one was. */
function closing(text: string, start: number, quote: string, line: number): number {
  const sign = quote.at(-1) ?? '"';
  const depth = quote.length - 1;
  const signs = QUOTE_OF[sign] ?? LINE_END;
  for (let at = until(text, start, signs); at < line; at = until(text, at + 1, signs)) {
    let slashes = 0;
    while (at - slashes > start && text[at - slashes - 1] === '\\') slashes++;
    if (slashes <= depth) return at - slashes;
    if (sign === '"' && depth === 0 && slashes % 2 === 0) return at;
  }
  return line;
}

/** In a connection string (`Server=x;Password=a b,c;`) a value goes on to the next semicolon. */
function settingEnd(text: string, end: number): number {
  const stop = until(text, end, SETTING_ENDS);
  if (text[stop] !== ';' || stop === end || stop - end > 256 || text.slice(end, stop).includes('='))
    return end;
  return /^;\s{0,2}[\w ]{2,40}=/.test(text.slice(stop, stop + 44)) ? stop : end;
}

const SETTING_ENDS = /[;\r\n"'`<>]/g;

/** `  - password: x` and nothing more, as YAML and settings files have it. */
function isWholeLine(text: string, start: number, end: number): boolean {
  if (end === start || !/^[ \t]{0,4}(?:#.{0,200})?(?:\r?\n|$)/.test(text.slice(end, end + 210))) return false;
  const before = text.slice(Math.max(0, start - 256), start);
  const lineStart = start - before.length + before.lastIndexOf('\n') + 1;
  return /^[ \t]*(?:- +)*["']?[\w./-]+["']?[ \t]*:[ \t]+$/.test(text.slice(lineStart, start));
}

interface Judged {
  name: Name;
  separator: Separator;
  value: Value;
  text: string;
  strict: boolean;
}

function isSecret(written: string, {name, separator, value, text, strict}: Judged): boolean {
  if (isPlaceholder(written) || written.length > MAX_VALUE) return false;
  if (isNested(written, value) || isPath(written)) return false;
  if (separator.kind === ' ' && (/^[-/]/.test(written) || written.length < 2)) return false;
  const whole = text.slice(name.start, name.end);
  if (name.kind === 'maybe' && !(strict && isTold(whole, written))) {
    if (name.flag && separator.kind !== ':') return !isWord(written);
    return maybeSecret(whole, written, separator.quoted || value.quoted);
  }
  if (isCount(whole, written)) return false;
  if (separator.kind === ':' && !separator.quoted && !value.quoted && !value.wholeLine && !name.flag) {
    // Prose: `invalid password: account locked`.
    return (
      looksSecret(written) ||
      looksRandom(written) ||
      (/\d/.test(written) && written.length >= 4) ||
      /[^\w.,:-]/.test(written)
    );
  }
  if (written.includes(' ') && value.quoted && separator.kind === ':' && isProse(written)) return false;
  return true;
}

/** Whether a value is told rather than named: `secret=shop/web-tls` names a Secret, `auth=basic` a way. */
function isTold(name: string, written: string): boolean {
  return (
    !(/secret$/i.test(name) && isObjectName(written)) &&
    !(/auth(?:orization)?$/i.test(name) && isWord(written))
  );
}

/** An object or list begins here, and what is in it is looked at by itself. */
function isNested(written: string, value: Value): boolean {
  return !value.quoted && /^(?:\{|\[|map\[|&\{|0xc0)/.test(written);
}

const QUOTED = /[ \t]{1,4}(?:(?:is|was|to|of|as|by)[ \t]{1,4})?(["'])/y;

/** `password 'x'`, as SQL and error messages have it. */
function quotedAfter({text, from}: Look, name: Name): ReturnType<Form> {
  QUOTED.lastIndex = name.end;
  const found = QUOTED.exec(text);
  if (!found) return undefined;
  const start = name.end + found[0].length;
  const end = closing(text, start, found[1] ?? '"', until(text, start, LINE_END));
  const written = text.slice(start, end);
  if (start < from || end - start > 200 || /\s/.test(written) || isPlaceholder(written)) return undefined;
  if (!/\d|[^\w.-]/.test(written) || isPath(written)) return undefined;
  return {start, end, by: MASK, rule: 'quoted-value'};
}
