import {base64Edits, runsOf} from './base64.ts';
import type {Edit} from './edit.ts';
import {COMMAND_MARKS, commandSecret} from './forms/commands.ts';
import {authorization, cookie, scheme} from './forms/headers.ts';
import type {Form, Look} from './forms/look.ts';
import {named} from './forms/named.ts';
import {nearby} from './forms/nearby.ts';
import {pairValue} from './forms/pair.ts';
import {privateKey} from './forms/pem.ts';
import {TOKEN_FORMS, entraSecret, prefixed} from './forms/tokens.ts';
import {queryKey, urlUser, userBefore} from './forms/urls.ts';
import {wordScanner} from './words.ts';
import type {Visit} from './words.ts';

const KEY_MARK = '-----begin ';

/** The first of several forms that finds something. */
function either(...forms: readonly Form[]): Form {
  return look => {
    for (const form of forms) {
      const edit = form(look);
      if (edit) return edit;
    }
    return undefined;
  };
}

const word = either(named, nearby);

/** A form that wants the name alone, for a mark that ends with its sign. */
function beforeSign(form: Form): Form {
  return look => form({...look, end: look.end - 1});
}

/** What gives a secret away, in small letters, and who looks closer. A text without any of these has none. */
const MARKS: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['passw', word],
  ['passp', word],
  ['passwd', word],
  ['pass', named],
  ['pwd', named],
  ['pw=', beforeSign(named)],
  ['psk', named],
  ['secret', word],
  ['token', word],
  ['key', word],
  ['credential', word],
  ['sharedaccesssignature', named],
  ['signature=', beforeSign(named)],
  ['dockercfg', named],
  ['dockerconfigjson', named],
  ['auth', named],
  ['authorization', either(authorization, named)],
  ['cookie', either(cookie, named)],
  ['value', pairValue],
  ['bearer', scheme],
  ['basic', scheme],
  ['sig=', queryKey],
  ['code=', queryKey],
  ['key=', either(queryKey, beforeSign(word))],
  ['token=', either(beforeSign(named), queryKey)],
  ['//', urlUser],
  ['@', userBefore],
  ['q~', entraSecret],
  ...TOKEN_FORMS.flatMap(({marks}) => marks.map(mark => [mark, prefixed] as const)),
  ...COMMAND_MARKS.map(mark => [mark, commandSecret] as const),
]);

let scanner: ReturnType<typeof wordScanner> | undefined;

/** Visits the marks of a text. What finds them is made for the first text: its tables take a while, and every command would wait. */
function eachMark(low: string, visit: Visit): void {
  scanner ??= wordScanner([KEY_MARK, ...MARKS.keys()]);
  scanner(low, visit);
}

/**
 * Finds the secrets of a text of any kind: sorted, not overlapping. `depth` is how many more levels of base64 are looked
 * into; `strict` lets no `token=x` pass, however ordinary the value looks. The time it takes is linear in the length of the text.
 */
export function findSecrets(text: string, depth = 1, strict = false): Edit[] {
  const low = lowered(text);
  const marked = findMarked(text, low, strict);
  return depth > 0
    ? merged(
        marked,
        base64Edits(text, inner => findSecrets(inner, depth - 1, strict)),
      )
    : marked;
}

function findMarked(text: string, low: string, strict: boolean): Edit[] {
  const edits: Edit[] = [];
  const seen = {start: 0, end: 0};
  let from = 0;
  eachMark(low, (at, mark) => {
    const end = at + mark.length;
    const look: Look = {text, low, at, end, from, strict, seen};
    if (mark === KEY_MARK) {
      edits.push(...privateKey(look));
    } else {
      const edit = MARKS.get(mark)?.(look);
      if (edit) edits.push(edit);
    }
    from = edits.at(-1)?.end ?? 0;
    return Math.max(end, from);
  });
  return edits;
}

/** Small letters, one for each: a few letters of other scripts become two. */
function lowered(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text.replace(/[A-Z]+/g, upper => upper.toLowerCase());
}

/** Both lists in one; where they overlap, the first stands. */
function merged(first: Edit[], second: readonly Edit[]): Edit[] {
  if (second.length === 0) return first;
  const all = [...first];
  let at = 0;
  for (const edit of second) {
    while (at < first.length && (first[at]?.end ?? 0) <= edit.start) at++;
    if ((first[at]?.start ?? Infinity) >= edit.end) all.push(edit);
  }
  return all.sort((a, b) => a.start - b.start);
}

/** Where in a text marks stand, for who walks through it once from its beginning. */
export class MarkIndex {
  #starts: number[] = [];
  #next = 0;

  constructor(text: string) {
    eachMark(lowered(text), (at, mark) => {
      this.#starts.push(at);
      return at + mark.length;
    });
    const runs = runsOf(text);
    if (runs.length > 0)
      this.#starts = [...this.#starts, ...runs.map(({start}) => start)].sort((a, b) => a - b);
  }

  /** Whether a mark, or something in base64, begins in a part of the text; parts are asked for in their order. */
  isIn(start: number, end: number): boolean {
    while ((this.#starts[this.#next] ?? Infinity) < start) this.#next++;
    return (this.#starts[this.#next] ?? Infinity) < end;
  }
}
