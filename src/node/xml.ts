/**
 * Just enough of XML for what Windows writes into its event logs, in linear time and without a tree: elements by name, their
 * attributes in either kind of quotes, their text. There are no CDATA, comments or nested elements of one name in it.
 */

/** Every whole element of a name, as it stands, in the order of the text. */
export function elementsOf(xml: string, name: string): string[] {
  return [...scan(xml, name)];
}

/** An attribute of the first element of a name. */
export function attributeOf(xml: string, element: string, attribute: string): string | undefined {
  const tag = openingOf(xml, element, 0);
  if (!tag) return undefined;
  const inside = xml.slice(tag.start, tag.end);
  for (const [, name, double, single] of inside.matchAll(/\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name === attribute) return unescaped(double ?? single ?? '');
  }
  return undefined;
}

/** Text of the first element of a name; undefined where there is no such element, empty where it has no text. */
export function textOf(xml: string, name: string): string | undefined {
  const tag = openingOf(xml, name, 0);
  if (!tag) return undefined;
  if (tag.empty) return '';
  const end = closingOf(xml, name, tag.end);
  return end < 0 ? undefined : unescaped(xml.slice(tag.end, end));
}

function* scan(xml: string, name: string): Generator<string> {
  let at = 0;
  for (;;) {
    const tag = openingOf(xml, name, at);
    if (!tag) return;
    if (tag.empty) {
      yield xml.slice(tag.start, tag.end);
      at = tag.end;
      continue;
    }
    const end = closingOf(xml, name, tag.end);
    const closed = end < 0 ? -1 : xml.indexOf('>', end);
    // It breaks off here: what follows has no end either.
    if (closed < 0) return;
    yield xml.slice(tag.start, closed + 1);
    at = closed + 1;
  }
}

/** Where the next closing tag of exactly this name starts; -1 where there is none. */
function closingOf(xml: string, name: string, from: number): number {
  const close = `</${name}`;
  let at = xml.indexOf(close, from);
  while (at >= 0 && !/[\s>]/.test(xml[at + close.length] ?? '')) at = xml.indexOf(close, at + close.length);
  return at;
}

interface Opening {
  start: number;
  /** After its `>`. */
  end: number;
  empty: boolean;
}

/** The next opening tag of exactly this name. */
function openingOf(xml: string, name: string, from: number): Opening | undefined {
  const open = `<${name}`;
  let start = xml.indexOf(open, from);
  while (start >= 0) {
    const next = xml[start + open.length] ?? '';
    if (/[\s/>]/.test(next)) {
      const end = endOfTag(xml, start + open.length);
      return end < 0 ? undefined : {start, end: end + 1, empty: xml[end - 1] === '/'};
    }
    start = xml.indexOf(open, start + open.length);
  }
  return undefined;
}

/** The `>` that ends a tag: one in an attribute's quotes does not. */
function endOfTag(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const char = xml[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return at;
  }
  return -1;
}

const ENTITIES: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', apos: "'"};

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0x10_ffff ? whole : String.fromCodePoint(code);
    },
  );
}
