import type {Resource, ResourceKey} from '../kube/resources.ts';
import {RESOURCES} from '../kube/resources.ts';
import type {Missing, MissingReason} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';
import type {KindReading, Reading} from './reading.ts';

/** Names listed in a message; the rest is counted. */
const MAX_NAMES = 5;

/** Every cluster has it, so a list of namespaces without it is a list of some. */
const ALWAYS_THERE = 'kube-system';

/**
 * Gaps of a layout that keeps one file for each cluster-scoped kind, and one for each namespace of the others, whether
 * empty or not. `expected` are the namespaces of the cluster; undefined where the layout does not tell.
 */
export function* gapsByNamespace(
  reading: Reading,
  title: string,
  expected: ReadonlySet<string> | undefined,
): Generator<[ResourceKey, Missing]> {
  for (const resource of RESOURCES) {
    const gap = gapOf(resource, reading, title, expected);
    if (gap) yield [resource.key, gap];
  }
}

/** The namespaces of the cluster, where Namespace objects name all of them. */
export function wholeNamespaces(reading: Reading): ReadonlySet<string> | undefined {
  const kind = reading.kinds.get('namespaces');
  const listed = kind !== undefined && kind.failed.size === 0 && kind.read.has('');
  return listed && reading.namespaces.has(ALWAYS_THERE) ? reading.namespaces : undefined;
}

/** What is missing of one kind. */
export function gapOf(
  resource: Resource,
  reading: Reading,
  title: string,
  expected: ReadonlySet<string> | undefined,
): Missing | undefined {
  const {key, plural, namespaced} = resource;
  const kind = reading.kinds.get(key);
  if (!kind) return absent(resource, reading, title);
  const whole = kind.failed.get('') ?? (namespaced ? undefined : firstOf(kind));
  if (whole) return whole;
  if (!namespaced) return key === 'namespaces' ? someNamespaces(reading, title) : undefined;
  if (kind.read.has('')) return firstOf(kind);
  if (resource.onlyIn !== undefined) return notRead(resource, kind, [resource.onlyIn], title);
  if (expected) return notRead(resource, kind, [...expected].sort(), title);
  if (kind.failed.size > 0) return notRead(resource, kind, [...kind.failed.keys()].sort(), title);
  return missing(
    'not-requested',
    `${title} does not tell whether it has all namespaces; ${plural} are of ${names([...kind.read].sort())}`,
  );
}

/** A custom resource without a file has no objects where the list of definitions says that there is none such. */
function absent(resource: Resource, reading: Reading, title: string): Missing | undefined {
  if (resource.custom && reading.kinds.get('customResourceDefinitions')?.failed.size === 0) {
    if (!reading.customKinds.has(`${resource.plural}.${resource.group}`)) return undefined;
  }
  return missing('unsupported', `${title} holds no ${resource.plural}`);
}

function someNamespaces(reading: Reading, title: string): Missing | undefined {
  if (wholeNamespaces(reading)) return undefined;
  return missing(
    'not-requested',
    `${title} holds only ${names([...reading.namespaces].sort())} of the namespaces`,
  );
}

/** What is missing where these namespaces are wanted. */
function notRead(
  resource: Resource,
  kind: KindReading,
  wanted: readonly string[],
  title: string,
): Missing | undefined {
  const lacking = wanted.filter(n => !kind.read.has(n) || kind.failed.has(n));
  if (lacking.length === 0) return undefined;
  const first = lacking.map(n => kind.failed.get(n)).find(m => m !== undefined);
  const why = first ? `: ${first.detail}` : '';
  return missing(
    first?.reason ?? 'not-requested',
    `${title} lacks ${resource.plural} of ${names(lacking)}${why}`,
  );
}

function firstOf(kind: KindReading): Missing | undefined {
  return kind.failed.values().next().value;
}

/** `a, b, c and 7 others`. */
export function names(all: readonly string[]): string {
  const shown = all.slice(0, MAX_NAMES).join(', ');
  return all.length > MAX_NAMES ? `${shown} and ${all.length - MAX_NAMES} others` : shown || 'no namespace';
}

/** What kind of failure the text of an API error tells (`forbidden: User …`, `context deadline exceeded`). */
export function reasonOfError(text: string): MissingReason {
  if (/forbidden|unauthorized|cannot (?:list|get)/i.test(text)) return 'denied';
  if (/timed? ?out|deadline/i.test(text)) return 'timeout';
  if (/could not find the requested resource|no matches for kind|not found/i.test(text)) return 'unsupported';
  return 'failed';
}
