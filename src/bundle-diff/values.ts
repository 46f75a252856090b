import {isRecord} from '../kube/shape.ts';
import {compareText} from '../text/compare.ts';

/** One field that two values have otherwise. */
export interface FieldChange {
  /** `spec.template.spec.containers[web].image` */
  path: string;
  before: string | null;
  after: string | null;
}

/** Characters of a value that are kept: a ConfigMap may have megabytes. */
const MAX_VALUE = 200;

/** What changes by itself, or says when something changed, which the change itself tells. */
const PASSING: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'observedGeneration',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'lastTransitionTime',
  'lastHeartbeatTime',
  'lastProbeTime',
  'lastUpdateTime',
  'ownerReferences',
  'origin',
]);

/** Annotations that controllers keep their books in. */
const BOOKS =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/revision|deprecated\.daemonset\.template\.generation|control-plane\.alpha\.kubernetes\.io\/leader|endpoints\.kubernetes\.io\/last-change-trigger-time)$/;

/** The fields that two values have otherwise; lists of named things are compared by name. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const found: FieldChange[] = [];
  walk(before, after, '', found);
  return found;
}

function walk(before: unknown, after: unknown, path: string, found: FieldChange[]): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) {
    for (const key of keysOf(before, after)) {
      if (PASSING.has(key) || BOOKS.test(key)) continue;
      walk(
        before[key],
        after[key],
        path === '' ? key : `${path}${/[./]/.test(key) ? `[${key}]` : `.${key}`}`,
        found,
      );
    }
    return;
  }
  const [named, others] = [byName(before), byName(after)];
  if (named && others) {
    for (const key of new Set([...named.keys(), ...others.keys()])) {
      walk(named.get(key), others.get(key), `${path}[${key}]`, found);
    }
    return;
  }
  const [was, is] = [shown(before), shown(after)];
  if (whole(before) !== whole(after)) found.push({path, before: was, after: is});
}

function keysOf(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
}

/** A list of things that have a name, or that are conditions, addresses or taints; undefined where it is none. */
function byName(value: unknown): Map<string, unknown> | undefined {
  if (!Array.isArray(value)) return undefined;
  const things = new Map<string, unknown>();
  for (const thing of value) {
    if (!isRecord(thing)) return undefined;
    const key = thing['name'] ?? thing['type'] ?? thing['key'];
    if (typeof key !== 'string' || things.has(key)) return undefined;
    things.set(key, thing);
  }
  return things;
}

function whole(value: unknown): string | undefined {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function shown(value: unknown): string | null {
  const text = whole(value);
  if (text === undefined || value === null) return null;
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}
