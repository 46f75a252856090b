import type {Resource} from '../kube/resources.ts';
import {RESOURCES} from '../kube/resources.ts';

/** Groups that served kinds of another group before, or serve them, too. */
const OTHER_GROUPS: ReadonlyMap<string, string> = new Map([
  ['events.k8s.io', ''],
  ['extensions', 'apps'],
]);

const BY_GROUP_KIND: ReadonlyMap<string, Resource> = new Map(RESOURCES.map(r => [`${r.group}/${r.kind}`, r]));

/** The resource that an object says it is, in whatever version. */
export function resourceOf(apiVersion: unknown, kind: unknown): Resource | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  return (
    BY_GROUP_KIND.get(`${group}/${kind}`) ?? BY_GROUP_KIND.get(`${OTHER_GROUPS.get(group) ?? group}/${kind}`)
  );
}

/** The resource that a list says its items are (`PodList`); undefined for a `List` of anything. */
export function resourceOfList(head: Record<string, unknown>): Resource | undefined {
  const kind = head['kind'];
  return typeof kind === 'string' && kind.endsWith('List')
    ? resourceOf(head['apiVersion'], kind.slice(0, -'List'.length))
    : undefined;
}

/** Kinds that a text names which does not parse: what may have been lost with it. */
export function kindsNamedIn(text: string): Resource[] {
  const named = new Set<string>();
  for (const match of text.matchAll(/["']?\bkind["']?\s*:\s*["']?([A-Za-z]{1,60})/g)) {
    if (match[1]) named.add(match[1].replace(/List$/, ''));
  }
  return RESOURCES.filter(r => named.has(r.kind));
}
