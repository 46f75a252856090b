/**
 * Cuts JSON without reading its numbers: HNS answers FILETIMEs and versions beyond 2^53, which a parsed copy would change.
 * The text is parsed once beforehand, so that the scan below may rely on its form; a `SyntaxError` says that it is no JSON.
 */

/** Raw texts of the elements of an array, in order. `null`, `{}` and nothing at all are empty; another value is its one element. */
export function elementTexts(json: string): string[] {
  const text = json.trim();
  if (text === '') return [];
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value)) return value.length === 0 ? [] : partsOf(text);
  if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) return [];
  return [text];
}

/** Raw text of a member of an object; `undefined` where there is none. */
export function memberText(json: string, key: string): string | undefined {
  const text = json.trim();
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (!Object.hasOwn(value, key)) return undefined;
  for (const part of partsOf(text)) {
    const nameEnd = stringEnd(part, 0);
    if (JSON.parse(part.slice(0, nameEnd)) === key) return part.slice(part.indexOf(':', nameEnd) + 1).trim();
  }
  return undefined;
}

/** What the commas of the outermost brackets part. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 1;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = stringEnd(text, i) - 1;
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth--;
    if (depth === 0 || (depth === 1 && char === ',')) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts;
}

/** Index after the closing quote of the string that starts at `start`. */
function stringEnd(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}
