import {isRecord} from '../../src/kube/shape.ts';
import type {Discovery} from './discovery.ts';

/** Asks for the metadata of a list's objects only; a server that cannot do so answers with whole objects. */
export const METADATA_ONLY =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** Completes the metadata of a CustomResourceDefinition, whose name is `plural.group`, by what discovery says of it. */
export function definitionOf(item: unknown, discovery: Discovery): unknown {
  if (!isRecord(item) || isRecord(item['spec']) || !isRecord(item['metadata'])) return item;
  const name = item['metadata']['name'];
  if (typeof name !== 'string') return item;
  const dot = name.indexOf('.');
  const [plural, group] = [name.slice(0, dot), name.slice(dot + 1)];
  const served = discovery.find(name);
  const versions = (served?.versions ?? []).map(version => ({name: version, served: true}));
  const spec = {group, names: {plural, ...(served && {kind: served.kind})}, versions};
  return {metadata: item['metadata'], spec};
}
