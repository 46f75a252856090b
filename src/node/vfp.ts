import {isRecord, text} from '../kube/shape.ts';
import type {Missing} from '../snapshot/evidence.ts';
import type {Indexed} from './items.ts';
import {fieldOf, itemsOf} from './items.ts';

export type VfpPortKind = 'external' | 'host' | 'pod';

/** A port of the virtual switch (`vfp/ports.json`). */
export interface VfpPort {
  /** GUID without braces, in lower case; equals `EndpointPortGuid` of the endpoint's allocators in HNS v1. */
  guid: string;
  kind: VfpPortKind;
  /** As the switch prints it: twelve hexadecimal digits. */
  mac?: string;
}

/** A rule of VFP, and the layer and group that it is listed under. */
export interface VfpRule {
  id: string;
  layer?: string;
  group?: string;
  /** Place in the port's file of rules (RFC 6901). */
  pointer: string;
}

/** Layers and rules of one of the ports that the agent looked at. */
export interface VfpPortState {
  layers?: string[];
  rules?: VfpRule[];
}

/** What the virtual filtering platform of a node has: all ports, and the rules of a few. */
export interface NodeVfp {
  ports?: Indexed<VfpPort>[];
  /** By the port's GUID. */
  states: ReadonlyMap<string, VfpPortState>;
  /** Files that could not be had, by key. */
  missing: {key: string; gap: Missing}[];
}

export const NO_VFP: NodeVfp = {states: new Map(), missing: []};

/** Friendly names as Microsoft's scripts tell ports apart (microsoft/wcnscripts, VFP.psm1). */
export function kindOfPort(friendlyName: string): VfpPortKind {
  if (friendlyName === 'ExternalPort') return 'external';
  return friendlyName.startsWith('Container NIC ') || friendlyName.startsWith('Host Vnic ') ? 'host' : 'pod';
}

const PORT_FILE = /^vfp\/(.+)-(layers|rules)\.json$/;

/** Takes a file of VFP into what is known of a node's; undefined where it is something else. */
export function takeVfp(before: NodeVfp, file: string, value: unknown): NodeVfp | undefined {
  const [, guid, what] = PORT_FILE.exec(file) ?? [];
  if (guid === undefined) {
    const listed = fieldOf(value, 'Ports');
    return Array.isArray(listed)
      ? {...before, ports: itemsOf(listed, readPort, p => p.guid !== '')}
      : undefined;
  }
  if (!isRecord(value)) return undefined;
  const more = what === 'layers' ? {layers: idsOf(value['Layers'])} : {rules: [...rulesOf(value)]};
  return {...before, states: new Map(before.states).set(guid, {...before.states.get(guid), ...more})};
}

function readPort(value: unknown): VfpPort | undefined {
  const name = text(fieldOf(value, 'Name'), '', undefined);
  if (name === undefined) return undefined;
  const mac = text(fieldOf(value, 'MacAddress'), '', undefined);
  return {
    guid: name.replaceAll(/[{}]/g, '').toLowerCase(),
    kind: kindOfPort(text(fieldOf(value, 'Id'), '', undefined) ?? ''),
    ...(mac !== undefined && {mac}),
  };
}

/** Rules of a port: builds list them below groups, those below layers, or alone. */
function* rulesOf(value: Item): Generator<VfpRule> {
  for (const layer of [{item: value, at: ''}, ...nested(value, 'Layers')]) {
    const inLayer = layer.at === '' ? {} : named(layer.item, 'layer');
    for (const group of [layer, ...nested(layer.item, 'Groups', layer.at)]) {
      const inGroup = group === layer ? inLayer : {...inLayer, ...named(group.item, 'group')};
      for (const rule of nested(group.item, 'Rules', group.at)) {
        const id = idOf(rule.item);
        if (id !== undefined) yield {id, ...inGroup, pointer: rule.at};
      }
    }
  }
}

type Item = Record<string, unknown>;

function nested(holder: Item, list: string, at = ''): {item: Item; at: string}[] {
  const items = holder[list];
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown, i) => (isRecord(item) ? [{item, at: `${at}/${list}/${i}`}] : []));
}

function idOf(item: unknown): string | undefined {
  return text(fieldOf(item, 'Id'), '', undefined);
}

function named<K extends string>(item: Item, as: K): {[P in K]?: string} {
  const id = idOf(item);
  // One key, which is `as`.
  return (id === undefined ? {} : {[as]: id}) as {[P in K]?: string};
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap(item => idOf(item) ?? []) : [];
}
