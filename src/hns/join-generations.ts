import {isRecord} from '../kube/shape.ts';
import type {HnsGeneration, HnsPlace} from './model.ts';
import type {RawObject, Unfinished} from './values.ts';

/** What every object of the model has. */
export interface Placed {
  readonly id: string;
  readonly at: HnsPlace;
}

/** How objects of one kind are read: from either generation's answer, and once both are in. */
export interface ObjectReading<T extends Placed> {
  /** Undefined: the object is of another kind. */
  read(this: void, raw: RawObject, at: HnsPlace): T | undefined;
  /** Fields that both generations have; the rest is of one only. */
  readonly both: readonly (keyof T & string)[];
  /** Decides what only both answers together decide. */
  settle?(this: void, object: T): T;
}

/** One field lists, shared by all objects that have the same. */
const FIELDS = new Map<string, readonly string[]>();

/**
 * Joins the objects of both answers by GUID: what v2 says counts, what it does not say is taken of v1. Of several with one
 * GUID the first joins the first. The order is v2's, and what only v1 has comes last. The same whichever answer came first.
 */
export function joinGenerations<T extends Placed>(
  v2: readonly T[],
  v1: readonly T[],
  {both}: ObjectReading<T>,
): T[] {
  const joined: T[] = [];
  // While both answers list the same objects in the same order, nothing has to be looked up.
  let after = 0;
  for (; after < v2.length; after++) {
    const object = v2[after];
    const other = v1[after];
    if (!object || !other || other.id !== object.id || object.id === '') break;
    joined.push(merged(object, other, both));
  }
  if (after === v2.length && after === v1.length) return joined;
  const waiting = new Map<string, T | T[]>();
  const rest = v1.slice(after);
  for (const object of rest) add(waiting, object);
  const used = new Set<T>();
  for (const object of v2.slice(after)) {
    const found = waiting.get(object.id);
    const other = Array.isArray(found) ? found.shift() : found;
    if (!other || used.has(other)) joined.push(object);
    else {
      used.add(other);
      joined.push(merged(object, other, both));
    }
  }
  for (const object of rest) if (!used.has(object)) joined.push(object);
  return joined;
}

/** A list is made only where several have one GUID; an object without one joins nothing. */
function add<T extends Placed>(waiting: Map<string, T | T[]>, object: T): void {
  const {id} = object;
  if (id === '') return;
  const found = waiting.get(id);
  if (found === undefined) waiting.set(id, object);
  else if (Array.isArray(found)) found.push(object);
  else waiting.set(id, [found, object]);
}

function merged<T extends Placed>(v2: T, v1: T, both: ObjectReading<T>['both']): T {
  const object: T = {...v1};
  for (const name in v2) if (!saysNothing(v2[name])) object[name] = v2[name];
  let fromV1: string[] | undefined;
  for (const name of both) if (saysNothing(v2[name]) && !saysNothing(v1[name])) (fromV1 ??= []).push(name);
  const at: Unfinished<HnsPlace> = {...v1.at};
  if (v2.at.v2 !== undefined) at.v2 = v2.at.v2;
  if (fromV1) at.fromV1 = shared(fromV1);
  return Object.assign(object, {at});
}

/** What a generation that does not know a field has in its place. */
function saysNothing(value: unknown): boolean {
  return (
    value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  );
}

function shared(fields: readonly string[]): readonly string[] {
  const key = fields.join(',');
  const found = FIELDS.get(key) ?? fields;
  FIELDS.set(key, found);
  return found;
}

/** Reads the objects of one answer, with their places. What is no object keeps its place in the count. */
export function readGeneration<T extends Placed>(
  value: unknown,
  from: HnsGeneration,
  {read}: ObjectReading<T>,
): T[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : outputOf(value);
  const objects: T[] = [];
  for (let index = 0; index < list.length; index++) {
    const raw = list[index];
    const object = isRecord(raw) ? read(raw, from === 'v1' ? {v1: index} : {v2: index}) : undefined;
    if (object) objects.push(object);
  }
  return objects;
}

/** The list in an answer that is no list: as HNSCall wraps it, or one object alone. */
function outputOf(value: unknown): readonly unknown[] {
  if (!isRecord(value) || Object.keys(value).length === 0) return [];
  if (!Object.hasOwn(value, 'Output')) return [value];
  const output = value['Output'];
  return Array.isArray(output) ? output : outputOf(output);
}
