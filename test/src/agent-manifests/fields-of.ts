import {isRecord} from '../../../src/kube/shape.ts';

/** The object at a path of fields and indices; throws where there is none. */
export function fieldsOf(value: unknown, ...path: string[]): Record<string, unknown> {
  let found = value;
  for (const field of path) {
    if (Array.isArray(found)) found = found[Number(field)];
    else found = isRecord(found) ? found[field] : undefined;
  }
  if (!isRecord(found)) throw new Error(`there is no ${path.join('.')}`);
  return found;
}
