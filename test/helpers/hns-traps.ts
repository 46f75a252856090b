import test from 'ava';
import type {HnsKind, HnsKinds} from '../../src/hns/readings.ts';
import {HNS_FILES} from '../../src/hns/readings.ts';
import {objectsOf, takeObjects} from '../../src/node/hns-objects.ts';
import {valueOf} from './seen-on.ts';

/** GUIDs of two objects, as v1 prints them. */
export const ID = '0B0F5A5E-7A3B-4C11-9D5B-2F1D6F7A0001';
export const OTHER = '0B0F5A5E-7A3B-4C11-9D5B-2F1D6F7A0002';

type Text = string | object;
const textOf = (value: Text): string => (typeof value === 'string' ? value : JSON.stringify([value]));

/** One object out of the answers of one generation or both. */
export function one<K extends HnsKind>(kind: K, {v1, v2}: {v1?: Text; v2?: Text}): HnsKinds[K] | undefined {
  const files = HNS_FILES[kind];
  let answers: Parameters<typeof takeObjects<K>>[1];
  if (v2 !== undefined) answers = takeObjects(kind, answers, {file: files.v2, text: textOf(v2)});
  if (v1 !== undefined && files.v1 !== undefined)
    answers = takeObjects(kind, answers, {file: files.v1, text: textOf(v1)});
  return answers && valueOf(objectsOf(kind, answers))[0];
}

/** What an answer holds, and what of it must be read. */
export interface Trap<K extends HnsKind> {
  given: Parameters<typeof one>[1];
  is: Partial<Record<keyof HnsKinds[K], unknown>>;
}

/** Registers a test for each. */
export function trapTests<K extends HnsKind>(kind: K, traps: Record<string, Trap<K>>): void {
  for (const [title, {given, is}] of Object.entries(traps)) {
    test(`${kind}: ${title}`, t => {
      const object: object | undefined = one(kind, given);
      const found = Object.fromEntries(Object.keys(is).map(key => [key, object && Reflect.get(object, key)]));
      t.deepEqual(found, is);
      if (Object.keys(is).length === 0) t.is(object, undefined);
    });
  }
}
