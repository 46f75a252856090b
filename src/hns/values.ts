import {isRecord} from '../kube/shape.ts';

/** An object of HNS as it came: fields of v1 and v2 in any mixture. */
export type RawObject = Readonly<Record<string, unknown>>;

/** The list that every empty list shares: a node has thousands of them. */
export const NONE: readonly never[] = Object.freeze([]);

/** The first of these fields that there is: generations of HNS name the same thing differently. */
export function field(raw: RawObject, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = raw[name];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** A field of what may be no object. */
export function within(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/**
 * Items of a list in each of its disguises: `null`, `{}`, an empty text and nothing at all are empty, and what is no list is
 * its own one item, as PowerShell unwraps lists of one.
 */
export function itemsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === undefined || value === null || value === '') return NONE;
  return isRecord(value) && Object.keys(value).length === 0 ? NONE : [value];
}

/** Objects of a list; garbage between them is passed over. */
export function objectsIn(value: unknown): readonly RawObject[] {
  const items = itemsIn(value);
  if (items.length === 0) return NONE;
  return items.every(isRecord) ? items : items.filter(isRecord);
}

/** Texts, each once. Most lists have one or none. */
export function unique(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? NONE : texts.length === 1 ? texts : [...new Set(texts)];
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Texts of a list, or of a text that separates them by commas, as v1 writes DNS servers. */
export function textsOf(value: unknown): readonly string[] {
  const items = itemsIn(value);
  if (items.length === 0) return NONE;
  const found = items.flatMap(item =>
    typeof item === 'string' ? item.split(/[,\s]+/).filter(part => part !== '') : [],
  );
  return found.length === 0 ? NONE : found;
}

/** A number, or a text that is one: decimal or `0x…`. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value !== 'string') return undefined;
  return /^(?:-?\d+|0x[\da-f]+)$/i.test(value.trim()) ? Number(value) : undefined;
}

/** True or false, or the texts and numbers that stand for them. */
export function flagIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string' || !/^(?:true|false)$/i.test(value)) return undefined;
  return value.toLowerCase() === 'true';
}

/**
 * Flags as a number. The schema says that they are names and HNS writes numbers
 * (https://learn.microsoft.com/virtualization/api/hcn/hns_schema), so both are read; names that are not known count nothing.
 */
export function flagsIn(value: unknown, names: Readonly<Record<string, number>> = {}): number | undefined {
  const number = numberIn(value);
  if (number !== undefined) return number;
  const words = textsOf(value);
  if (words.length === 0) return undefined;
  const bits = new Map(Object.entries(names).map(([name, bit]) => [name.toLowerCase(), bit]));
  return words.reduce((sum, word) => sum | (bits.get(word.toLowerCase()) ?? 0), 0);
}

const BRACED = /^\{(.*)\}$/s;
const NO_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * A GUID in lower case without braces: HNS, HCN and the runtime differ in both. Another text is kept in lower case; the
 * GUID of zeros, which stands for none, is none.
 */
export function guidOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const lower = value.toLowerCase();
  const plain = isBare(lower) ? lower : lower.trim().replace(BRACED, '$1');
  return plain === '' || plain === NO_GUID ? undefined : plain;
}

/** Whether neither braces nor space stand around a text: nearly every GUID, told by two characters. */
function isBare(text: string): boolean {
  return isOfWord(text.charCodeAt(0)) && isOfWord(text.charCodeAt(text.length - 1));
}

function isOfWord(code: number): boolean {
  return code > SPACE && code < BRACE;
}

const SPACE = ' '.charCodeAt(0);
const BRACE = '{'.charCodeAt(0);

/** The last part of `/endpoints/<guid>`, as v1 refers to others. */
export function referenceOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : guidOf(text.slice(text.lastIndexOf('/') + 1));
}

/** What a reader makes of the items of a list; those that say nothing are left out. */
export function readIn(value: unknown, read: (item: unknown) => string | undefined): readonly string[] {
  const items = itemsIn(value);
  if (items.length === 0) return NONE;
  const found = items.map(read);
  // A list that grows takes room for many: nearly all of these have one or two, each of which says something.
  return found.every(id => id !== undefined) ? found : found.filter(id => id !== undefined);
}

/** An address without the length of its prefix, in lower case. */
export function addressOf(value: unknown): string | undefined {
  const text = textOf(value)?.trim();
  if (text === undefined) return undefined;
  const slash = text.indexOf('/');
  const address = (slash < 0 ? text : text.slice(0, slash)).toLowerCase();
  return address === '' ? undefined : address;
}

const PLAIN_MAC = /^[\da-f]{2}(?:-[\da-f]{2}){5}$/;

/** A MAC address in lower case with dashes: `00-15-5d-…`. */
export function macOf(value: unknown): string | undefined {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined || PLAIN_MAC.test(text)) return text;
  const digits = text.replaceAll(/[-:.]/g, '');
  return /^[\da-f]{12}$/.test(digits) ? (digits.match(/../g)?.join('-') ?? text) : text;
}

/** An object while it is being read. */
export type Unfinished<T> = {-readonly [K in keyof T]: T[K]};

/** An object without the fields that are not known, so that thousands of objects carry none. */
export function known<T extends object>(facts: {[K in keyof T]: T[K] | undefined}): T {
  const found: Partial<T> = {};
  // Every field is one of the literal that the caller writes.
  for (const name in facts) if (facts[name] !== undefined) found[name] = facts[name];
  // What is left has the types that `T` declares; a field that `T` demands is given by every caller.
  return found as T;
}
