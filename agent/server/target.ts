import {Refusal} from './refusal.ts';

/** A request's target, taken apart without any normalising: a path that is not exactly one of the routes is none of them. */
export interface Target {
  readonly path: string;
  /** Text after the question mark. */
  readonly query: string;
}

/** Splits what stands in the request line. */
export function splitTarget(target: string): Target {
  const mark = target.indexOf('?');
  return mark < 0 ? {path: target, query: ''} : {path: target.slice(0, mark), query: target.slice(mark + 1)};
}

/** Reads a query. Throws a {@link Refusal} where a name comes twice: which one counts would be a guess. */
export function readQuery(query: string): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (read.has(name)) throw new Refusal('bad-request', 'the query has a parameter twice');
    read.set(name, value);
  }
  return read;
}
