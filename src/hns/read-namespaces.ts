import type {HnsNamespace, HnsPlace} from './model.ts';
import type {RawObject} from './values.ts';
import {
  NONE,
  field,
  flagIn,
  guidOf,
  known,
  numberIn,
  objectsIn,
  textOf,
  textsOf,
  unique,
  within,
} from './values.ts';

/** Reads a namespace of v1 (`hns/v1-namespaces.json`) or v2 (`hns/namespaces.json`). */
export function readNamespace(raw: RawObject, at: HnsPlace): HnsNamespace {
  const type = textOf(raw['Type']);
  // v1's `Resources` are allocators; its list of what is in it is `ResourceList`.
  const resources = [...objectsIn(raw['ResourceList']), ...listed(raw['Resources'])];
  return known<HnsNamespace>({
    at,
    id: guidOf(field(raw, 'ID', 'Id', 'NamespaceGuid')) ?? '',
    compartment: numberIn(field(raw, 'NamespaceId', 'CompartmentId')),
    type,
    isDefault: flagIn(raw['IsDefault']) ?? (type !== undefined && /default$/i.test(type)),
    endpoints: unique(ofType(resources, 'endpoint').flatMap(id => guidOf(id) ?? [])),
    // Dead and living containers alike: some builds name one twice.
    containers: unique([...textsOf(raw['Containers']), ...ofType(resources, 'container')]),
    state: numberIn(raw['State']),
  });
}

function listed(value: unknown): readonly RawObject[] {
  return Array.isArray(value) ? objectsIn(value) : NONE;
}

function ofType(resources: readonly RawObject[], type: string): string[] {
  return resources
    .filter(r => textOf(r['Type'])?.toLowerCase() === type)
    .flatMap(({Data: data}) => textOf(within(data, 'Id') ?? within(data, 'ID')) ?? []);
}
