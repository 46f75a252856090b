import {visible} from './visible.ts';

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** A stranger's text for XML and HTML, in elements and in attributes: no markup, no character that XML forbids. */
export function escapeXml(text: string): string {
  return visible(text).replace(/[&<>"']/g, char => ENTITIES.get(char) ?? char);
}

/** ` name="value"` for each attribute; `undefined` leaves one out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}
