import type {Edit} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {isSecretSetting} from '../judge.ts';
import {MASK} from '../mask.ts';
import type {Context} from './context.ts';

const ATTRIBUTE = /([\w:.-]{1,200})(\s*=\s*)(?:"([^"<]*)"|'([^'<]*)')/g;
const TAG_NAME = /<\/?([\w:.-]{1,200})/y;
/** Elements between a name and its text: `<AdministratorPassword><Value>`. */
const NAMES_KEPT = 64;

/**
 * Redacts XML: texts by the elements around them, attributes by their names, `<add key="…" value="…"/>` and `<Data Name="…">` by
 * the name beside. Everything else stays to the byte.
 */
export function redactXml(text: string, context: Context): string {
  const edits: Edit[] = [];
  const open: string[] = [];
  let label: string | undefined;
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf('<', at);
    const end = tag === -1 ? text.length : tag;
    if (end > at) edits.push(...textEdit(text, at, end, {open, label, context}));
    if (tag === -1) break;
    const close = endOf(text, tag);
    if (text.startsWith('<!', tag)) {
      const {from, to} = insideOf(text, tag, close);
      edits.push(...textEdit(text, from, to, {open: [], label: undefined, context}, raw => raw));
    } else if (!text.startsWith('<?', tag)) {
      TAG_NAME.lastIndex = tag;
      const name = TAG_NAME.exec(text)?.[1];
      if (text[tag + 1] === '/') {
        open.pop();
        label = undefined;
      } else {
        label = attributes(text, {from: tag, to: close, edits, context});
        if (name !== undefined && text[close - 2] !== '/') open.push(name);
        if (open.length > NAMES_KEPT) open.splice(0, 1);
      }
    }
    at = close;
  }
  return applyEdits(text, edits, new Map());
}

/** What stands inside of a comment, a CDATA section or a declaration: its marks are no text, lest one of them be taken for it. */
function insideOf(text: string, tag: number, close: number): {from: number; to: number} {
  const [begin, end] = text.startsWith('<!--', tag)
    ? ['<!--', '-->']
    : text.startsWith('<![CDATA[', tag)
      ? ['<![CDATA[', ']]>']
      : ['<!', '>'];
  const from = Math.min(tag + begin.length, close);
  return {from, to: text.endsWith(end, close) ? Math.max(from, close - end.length) : close};
}

/** Behind the end of a tag, a comment or a CDATA section; of the text where it has none. */
function endOf(text: string, tag: number): number {
  const mark = text.startsWith('<!--', tag) ? '-->' : text.startsWith('<![CDATA[', tag) ? ']]>' : undefined;
  if (mark === undefined) return endOfTag(text, tag);
  const end = text.indexOf(mark, tag + 1);
  return end === -1 ? text.length : end + mark.length;
}

/** Behind the `>` of a tag that is none of its values'; a `<` before that says that the tag is broken. */
function endOfTag(text: string, tag: number): number {
  let quote = '';
  for (let at = tag + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '<') break;
    if (char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (quote === '' && char === '>') return at + 1;
  }
  const end = text.indexOf('>', tag);
  return end === -1 ? text.length : end + 1;
}

interface Around {
  open: readonly string[];
  label: string | undefined;
  context: Context;
}

function* textEdit(
  text: string,
  start: number,
  end: number,
  {open, label, context}: Around,
  decode = unescapeXml,
): Generator<Edit> {
  const raw = text.slice(start, end);
  const inner = raw.trim();
  if (inner.length < 1) return;
  const first = start + raw.indexOf(inner);
  const value = decode(inner);
  const names = open.slice(-2);
  const named = [label, ...names.toReversed()].find(
    name => name !== undefined && isSecretSetting(name, value),
  );
  const place = {path: names, label};
  const redacted = named === undefined ? context.text(value, place) : MASK;
  if (named !== undefined) count(context.counts, 'setting');
  if (redacted === value) return;
  const by = decode === unescapeXml ? escapeXml(redacted) : redacted;
  yield {start: first, end: first + inner.length, by, rule: ''};
}

interface Tag {
  from: number;
  to: number;
  edits: Edit[];
  context: Context;
}

/** Redacts a tag's attributes; answers what they call its text. */
function attributes(text: string, {from, to, edits, context}: Tag): string | undefined {
  const found = [...text.slice(from, to).matchAll(ATTRIBUTE)];
  const label = found.find(([, name]) => /^(?:key|name)$/i.test(name ?? ''));
  const called = label?.[3] ?? label?.[4];
  for (const attribute of found) {
    const [all, name = '', , double, single] = attribute;
    const raw = double ?? single ?? '';
    const value = unescapeXml(raw);
    const redacted = context.text(value, {path: [name.toLowerCase()], label: called});
    if (redacted === value) continue;
    const start = from + attribute.index + all.length - raw.length - 1;
    edits.push({start, end: start + raw.length, by: escapeXml(redacted), rule: ''});
  }
  return called;
}

const ENTITIES: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', apos: "'"};

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0x10_ffff ? whole : String.fromCodePoint(code);
    },
  );
}

const SPECIAL: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  // Line ends and tabs of an attribute are only themselves when written as references.
  return text.replace(/[<>&"'\r\n\t]/g, char => SPECIAL[char] ?? `&#${char.charCodeAt(0)};`);
}
