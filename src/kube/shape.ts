/**
 * Readers that turn anything into a typed value: what fits is kept, what is not declared is dropped, what has a wrong
 * type is dropped and reported. They are the border between the world and the checks: captures hold anything.
 */

/** A value of a wrong type, and its place (RFC 6901). */
export interface ShapeProblem {
  pointer: string;
  problem: 'wrong-type' | 'null';
  message: string;
}

export type Report = (problem: ShapeProblem) => void;

/** Reads a value; `undefined` where it is absent or does not fit. `at` is kept up only while somebody listens. */
export type Reader<T> = (value: unknown, at: string, report: Report | undefined) => T | undefined;

/** Readers for every field of `T`. */
export type Fields<T> = {readonly [K in keyof T]-?: Reader<Exclude<T[K], undefined>>};

export const text: Reader<string> = scalar('a string', v => typeof v === 'string');
export const flag: Reader<boolean> = scalar('true or false', v => typeof v === 'boolean');
export const integer: Reader<number> = scalar('a whole number', v => Number.isInteger(v));
export const integerOrText: Reader<number | string> = scalar(
  'a whole number or a string',
  v => typeof v === 'string' || Number.isInteger(v),
);
/** A Kubernetes quantity: `100m`, `2Gi`, `1`. */
export const quantity: Reader<string> = (value, at, report) =>
  typeof value === 'number' ? String(value) : text(value, at, report);

/** Levels of what is kept unread; deeper, nothing that walks through it would come to an end. */
const MAX_LEVELS = 32;

/** Keeps what is there, whatever it is; of what nests too deep, only that it is there. */
export const anything: Reader<unknown> = value => (isDeeper(value, MAX_LEVELS) ? {} : (value ?? undefined));

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some(inner => isDeeper(inner, levels - 1));
}

/** Keeps only that there is something: its content is none of a report's business. */
export const presence: Reader<string> = value => (value === undefined || value === null ? undefined : '');

/** A list; items that do not fit are left out. */
export function list<T>(item: Reader<T>): Reader<T[]> {
  return (value, at, report) => {
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) return wrong(value, 'a list', at, report);
    const read: T[] = [];
    for (let i = 0; i < value.length; i++) {
      const got = item(value[i], report ? `${at}/${i}` : '', report);
      if (got !== undefined) read.push(got);
    }
    return read;
  };
}

/** A map from any key to one kind of value; `keep` leaves entries out unread. */
export function mapOf<T>(
  item: Reader<T>,
  keep?: (key: string, value: unknown) => boolean,
): Reader<Record<string, T>> {
  return (value, at, report) => {
    if (value === undefined || value === null) return undefined;
    if (!isRecord(value)) return wrong(value, 'a map', at, report);
    const read: Record<string, T> = {};
    for (const key of Object.keys(value)) {
      if (keep && !keep(key, value[key])) continue;
      const got = item(value[key], report ? `${at}/${escapePointer(key)}` : '', report);
      if (got !== undefined) setOwn(read, key, got);
    }
    return read;
  };
}

/** An object with these fields; others are dropped. Required ones are supplied by `defaults`. */
export function fields<T extends object>(readers: Fields<T>, defaults?: Partial<T>): Reader<T> {
  const entries = Object.entries<Reader<unknown>>(readers);
  return (value, at, report) => {
    if (value === undefined || value === null) return undefined;
    if (!isRecord(value)) return wrong(value, 'a map', at, report);
    const read: Record<string, unknown> = {...defaults};
    for (const [key, reader] of entries) {
      const raw = value[key];
      if (raw === undefined) continue;
      const got = reader(raw, report ? `${at}/${key}` : '', report);
      if (got !== undefined) read[key] = got;
    }
    // Every field was read by the reader that `Fields<T>` demands for it.
    return read as T;
  };
}

/** Adds to an object's declared fields the names of all others, so that a check sees which plug-in is used. */
export function withOthers<T extends object>(inner: Reader<T>): Reader<T> {
  return (value, at, report) => {
    const read = inner(value, at, report);
    if (!isRecord(read) || !isRecord(value)) return read;
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(read, key) && value[key] !== null && typeof value[key] === 'object')
        setOwn(read, key, {});
    }
    return read;
  };
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Escapes a key for a JSON pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Sets a property that a stranger named: `__proto__` stays a plain key, at a price that no other key need pay. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') {
    target[key] = value;
    return;
  }
  Object.defineProperty(target, key, {value, writable: true, enumerable: true, configurable: true});
}

function scalar<T>(expected: string, fits: (value: unknown) => boolean): Reader<T> {
  return (value, at, report) => {
    if (value === undefined) return undefined;
    if (value === null) {
      report?.({pointer: at, problem: 'null', message: `${at} is null, ${expected} is wanted`});
      return undefined;
    }
    // `fits` has just looked at the value.
    return fits(value) ? (value as T) : wrong(value, expected, at, report);
  };
}

function wrong(value: unknown, expected: string, at: string, report: Report | undefined): undefined {
  report?.({
    pointer: at,
    problem: 'wrong-type',
    message: `${at} is ${describe(value, expected)}, ${expected} is wanted`,
  });
  return undefined;
}

/**
 * Says what stands there. The value itself only where figures and switches are wanted: what was meant as a text, a list or
 * a map may be somebody's password that lacks its quotes or its dash.
 */
function describe(value: unknown, expected: string): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'boolean') return String(value);
  const harmless = expected === 'a whole number' || expected === 'true or false';
  if (typeof value === 'string')
    return harmless ? `the string ${JSON.stringify(value.slice(0, 40))}` : 'a string';
  return harmless ? JSON.stringify(value) : 'a number';
}
