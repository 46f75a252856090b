import type {Edit} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {findSecrets} from '../find.ts';
import {isSecretSetting} from '../judge.ts';
import {MASK} from '../mask.ts';
import {isPlaceholder} from '../values.ts';
import type {Context} from './context.ts';

/** `  - key: value`; the value may be empty. */
const LINE = /^([ \t]*(?:- +)*)(["']?)([\w./$-]{1,200})\2[ \t]*:(?:[ \t]+(.*))?$/;
const BLOCK = /^(?:[!&][\w!/.-]* +)*[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$/;
const DATA = /^(?:data|stringData|binaryData)$/;
/** Longer lines are no settings that somebody wrote: they are looked at as text. */
const MAX_LINE = 1 << 20;

/**
 * Redacts YAML line by line: values by their names, `name` and `value` pairs, block texts, Secrets. The number of lines stays, and
 * what parsed before still does.
 */
export function redactYaml(text: string, context: Context): string {
  const lines = text.split('\n');
  const made = new YamlRedactor(lines, context).run();
  return made.join('\n');
}

class YamlRedactor {
  readonly #lines: readonly string[];
  readonly #context: Context;
  #label: {indent: number; text: string} | undefined;
  #parent: {indent: number; key: string} | undefined;
  /** Of the document that a line stands in. */
  #isSecret = false;

  constructor(lines: readonly string[], context: Context) {
    this.#lines = lines;
    this.#context = context;
  }

  run(): string[] {
    const out: string[] = [];
    this.#isSecret = this.#documentIsSecret(0);
    for (let at = 0; at < this.#lines.length;) {
      const line = this.#lines[at] ?? '';
      if (line.startsWith('---')) this.#isSecret = this.#documentIsSecret(at + 1);
      const taken = this.#setting(at, out);
      if (taken > 0) {
        at += taken;
        continue;
      }
      // Lines that are no settings belong together: a key of many lines is seen only as a whole.
      const start = at++;
      while (at < this.#lines.length && !this.#isSetting(this.#lines[at] ?? '')) at++;
      out.push(...this.#text(this.#lines.slice(start, at).join('\n')).split('\n'));
    }
    return out;
  }

  #documentIsSecret(from: number): boolean {
    for (let at = from; at < this.#lines.length; at++) {
      const line = this.#lines[at] ?? '';
      if (line.startsWith('---')) return false;
      if (/^[ \t]{0,40}(?:- )?kind:[ \t]+["']?Secret["']?\s*$/.test(line)) return true;
    }
    return false;
  }

  #isSetting(line: string): boolean {
    return line.length <= MAX_LINE && LINE.test(withoutCr(line));
  }

  /** Takes a setting with the lines that belong to it; answers how many, none where the line is none. */
  #setting(at: number, out: string[]): number {
    const whole = this.#lines[at] ?? '';
    const line = withoutCr(whole);
    const found = line.length <= MAX_LINE ? LINE.exec(line) : null;
    if (!found) return 0;
    const [, lead = '', , key = '', value = ''] = found;
    const indent = lead.length;
    const cr = whole.length > line.length ? '\r' : '';
    if (BLOCK.test(value)) {
      out.push(whole);
      return 1 + this.#block(at + 1, {lead: leadingSpace(lead), key, indent}, out);
    }
    const parent = this.#parent && this.#parent.indent < indent ? this.#parent.key : '';
    if (value === '' || value.startsWith('#')) {
      this.#parent = {indent, key};
      this.#label = undefined;
      out.push(whole);
      return 1;
    }
    const [scalar, rest] = scalarOf(value);
    const text = plain(scalar);
    if (/^(?:name|key)$/i.test(key)) this.#label = {indent, text};
    const label = /^value$/i.test(key) && this.#label?.indent === indent ? this.#label.text : undefined;
    const inSecret = this.#isSecret && DATA.test(parent) && !isPlaceholder(text);
    const spread = spreadOver(this.#lines, at, value);
    const isFlow = /^[[{]/.test(scalar);
    const secret =
      inSecret ||
      (!isFlow && (isSecretSetting(key, text) || (label !== undefined && isSecretSetting(label, text))));
    const before = line.slice(0, line.length - value.length);
    if (secret) {
      count(this.#context.counts, inSecret ? 'secret-object' : 'setting');
      out.push(`${before}"${MASK}"${rest}${cr}`);
      for (let n = 1; n < spread; n++) out.push('');
      return spread;
    }
    if (spread > 1) return 0;
    if (isFlow || /^[&*!]/.test(scalar)) {
      out.push(this.#text(line) + cr);
      return 1;
    }
    const redacted = this.#context.text(text, {path: [parent, key].filter(Boolean), label});
    out.push((redacted === text ? line : `${before}${requoted(redacted, scalar)}${rest}`) + cr);
    return 1;
  }

  /** The lines of a block text: they are deeper than its key. */
  #block(
    at: number,
    {lead, key, indent}: {lead: string; key: string; indent: number},
    out: string[],
  ): number {
    let end = at;
    while (end < this.#lines.length) {
      const line = this.#lines[end] ?? '';
      if (line.trim() !== '' && leadingSpace(line).length <= lead.length) break;
      end++;
    }
    const lines = this.#lines.slice(at, end);
    const depth = leadingSpace(lines.find(line => line.trim() !== '') ?? '').length;
    const inner = lines.map(line => line.slice(depth)).join('\n');
    const parent = this.#parent && this.#parent.indent < indent ? this.#parent.key : '';
    const inSecret = this.#isSecret && DATA.test(parent);
    if ((inSecret || isSecretSetting(key, inner.trim())) && !isPlaceholder(inner.trim())) {
      count(this.#context.counts, inSecret ? 'secret-object' : 'setting');
      const first = lines.findIndex(line => line.trim() !== '');
      out.push(...lines.map((_, n) => (n === first ? `${' '.repeat(depth)}${MASK}` : '')));
      return lines.length;
    }
    const redacted = this.#context.text(inner, {path: [parent]}).split('\n');
    out.push(
      ...(redacted.length === lines.length
        ? redacted.map(
            (line, n) => (line === '' ? '' : (lines[n] ?? '').slice(0, depth).padEnd(depth)) + line,
          )
        : lines.map((_, n) => (n < redacted.length ? ' '.repeat(depth) + (redacted[n] ?? '') : ''))),
    );
    return lines.length;
  }

  /** Shapes alone; a value that becomes nothing but the mask is quoted, for an asterisk begins a reference. */
  #text(text: string): string {
    const edits = findSecrets(text).map(edit =>
      isBareValue(text, edit) ? {...edit, by: `"${MASK}"`} : edit,
    );
    return applyEdits(text, edits, this.#context.counts);
  }
}

function isBareValue(text: string, {start, by}: Edit): boolean {
  return by.startsWith('*') && /(?:^|[:,[-] ?|\n)[ \t]*$/.test(text.slice(Math.max(0, start - 100), start));
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function leadingSpace(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** A scalar and what follows it on its line: spaces and a comment. */
function scalarOf(value: string): [scalar: string, rest: string] {
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const end = quotedEnd(value, quote);
    return end === -1 ? [value, ''] : [value.slice(0, end + 1), value.slice(end + 1)];
  }
  const comment = value.indexOf(' #');
  const scalar = (comment === -1 ? value : value.slice(0, comment)).trimEnd();
  return [scalar, value.slice(scalar.length)];
}

function quotedEnd(value: string, quote: string): number {
  for (let at = 1; at < value.length; at++) {
    if (quote === '"' && value[at] === '\\') at++;
    else if (quote === "'" && value.startsWith("''", at)) at++;
    else if (value[at] === quote) return at;
  }
  return -1;
}

/** Lines that a quoted text goes on over; one for all others. */
function spreadOver(lines: readonly string[], at: number, value: string): number {
  const quote = value[0];
  if ((quote !== '"' && quote !== "'") || quotedEnd(value, quote) !== -1) return 1;
  for (let n = 1; n < MAX_SPREAD && at + n < lines.length; n++) {
    if (quotedEnd(`${quote}${lines[at + n] ?? ''}`, quote) !== -1) return n + 1;
  }
  return 1;
}

/** Lines of a quoted text that somebody broke. */
const MAX_SPREAD = 40;

function plain(scalar: string): string {
  if (/^".*"$/.test(scalar)) {
    try {
      const text: unknown = JSON.parse(scalar);
      if (typeof text === 'string') return text;
    } catch {
      // YAML has escapes that JSON has not: it stands for itself.
    }
    return scalar.slice(1, -1);
  }
  return /^'.*'$/.test(scalar) ? scalar.slice(1, -1).replaceAll("''", "'") : scalar;
}

function requoted(text: string, scalar: string): string {
  if (scalar.startsWith('"')) return JSON.stringify(text);
  if (scalar.startsWith("'")) return `'${text.replaceAll("'", "''")}'`;
  return text.startsWith('*') ? JSON.stringify(text) : text;
}
