import type {Resource} from '../../src/kube/resources.ts';
import {missing} from '../../src/snapshot/evidence.ts';
import type {LiveCollector} from './live-collector.ts';
import type {NamespaceRights} from './rights.ts';
import {rightsIn, ruleFor} from './rights.ts';
import type {Selection} from './scope.ts';

/** A list that the user may not read in all namespaces at once. */
export interface DeniedList {
  resource: Resource;
  selection: Selection;
  /** Objects that are read by name: these of them were denied. */
  names?: readonly string[];
}

/** In more namespaces than this nobody's rights are looked up one by one. */
const MAX_NAMESPACES = 50;

/**
 * Reads what the user may read of lists that were denied cluster-wide: in every namespace where namespaces could be
 * listed, else in `home`. What stays out of reach is marked with the rule that would give it.
 */
export async function readByNamespace(
  collector: LiveCollector,
  denied: readonly DeniedList[],
  home: string,
): Promise<void> {
  const {all, isWhole} = namespacesToTry(collector, home);
  const rights = new Map<string, NamespaceRights>();
  if (denied.some(d => d.resource.namespaced)) {
    await Promise.all(
      all.map(async name => rights.set(name, await rightsIn(collector.reader, name, collector.signal))),
    );
  }
  await Promise.all(
    denied.map(async list => {
      const read = list.resource.namespaced ? await readList(collector, list, rights) : [];
      markGap(collector, list, read, isWhole && read.length === rights.size && rights.size > 0);
    }),
  );
}

function namespacesToTry(collector: LiveCollector, home: string): {all: string[]; isWhole: boolean} {
  const known = collector.assembler.items('namespaces').map(n => n.metadata.name);
  const all = [...new Set([home, ...known])].slice(0, MAX_NAMESPACES);
  return {all, isWhole: known.length > 0 && all.length >= new Set([home, ...known]).size};
}

/** Returns the namespaces in which the whole of it could be read. */
async function readList(
  collector: LiveCollector,
  {resource, selection, names}: DeniedList,
  rights: ReadonlyMap<string, NamespaceRights>,
): Promise<string[]> {
  const only = resource.onlyIn ?? selection.namespace;
  // That one namespace has been asked, and said no.
  if (only !== undefined) return [];
  const read: string[] = [];
  for (const [namespace, rightsHere] of rights) {
    const ends: boolean[] = [];
    for (const name of names ?? [undefined]) {
      if (!rightsHere.mayList(resource, name)) {
        ends.push(false);
        continue;
      }
      const query = name === undefined ? selection.query : {fieldSelector: `metadata.name=${name}`};
      ends.push((await collector.list(resource, {...selection, query, namespace})) === 'read');
    }
    if (ends.every(Boolean)) read.push(namespace);
  }
  return read;
}

function markGap(
  collector: LiveCollector,
  {resource, selection, names}: DeniedList,
  read: readonly string[],
  isAll: boolean,
): void {
  if (isAll) return;
  const scoped = names ? {...resource, names} : resource;
  const rule = ruleFor(scoped, resource.onlyIn ?? selection.namespace);
  const only =
    read.length > 0 ? `only namespace${read.length > 1 ? 's' : ''} ${read.join(', ')} could be read; ` : '';
  collector.assembler.miss(resource.key, missing('denied', only + rule));
}
