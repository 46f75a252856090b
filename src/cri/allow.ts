import {isObject} from './json.ts';

/** Takes of a value what may leave the node; `undefined` is nothing. */
export type Allow = (value: unknown) => unknown;

/** Keeps a text, a number, a flag or null, and never anything that holds others: what is new in an answer stays out. */
export const plain: Allow = value =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;

/** Keeps the named fields of an object, each by its own rule. */
export function fields(rules: Readonly<Record<string, Allow>>): Allow {
  const known = Object.entries(rules);
  return value => {
    if (value === null) return null;
    if (!isObject(value)) return undefined;
    const kept: Record<string, unknown> = {};
    for (const [key, allow] of known) {
      const inner = Object.hasOwn(value, key) ? allow(value[key]) : undefined;
      if (inner !== undefined) kept[key] = inner;
    }
    return kept;
  };
}

/** Keeps a list, each of its values by one rule. */
export function list(allow: Allow): Allow {
  return value => {
    if (value === null) return null;
    return Array.isArray(value) ? value.map(allow).filter(inner => inner !== undefined) : undefined;
  };
}

/** Keeps an object whose keys are names that only the node knows, each value by one rule. */
export function byName(allow: Allow): Allow {
  return value => {
    if (value === null) return null;
    if (!isObject(value)) return undefined;
    const kept = Object.entries(value)
      .map(([key, inner]) => [key, allow(inner)] as const)
      .filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(kept);
  };
}

/** The named fields of an object, all plain. */
export function plainFields(...names: readonly string[]): Readonly<Record<string, Allow>> {
  return Object.fromEntries(names.map(name => [name, plain]));
}
