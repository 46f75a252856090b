import type {HnsKind} from '../../hns/readings.ts';
import type {RawObject} from '../../hns/values.ts';
import type {Found, TextObject} from './text.ts';
import {GUID} from './text.ts';

const GUIDS = new RegExp(GUID, 'g');
/** `<guid> | 10.96.0.10 | <guid> <guid>`: load balancers have two columns behind the id, namespaces one. */
const PIPED = new RegExp(String.raw`^(${GUID})\s*\|([^|]*)(?:\|(.*))?$`);
/** `name  <guid>  network`: endpoints name their network, networks nothing. */
const NAMED = new RegExp(String.raw`^(\S.*?)\s+(${GUID})(?:\s+(\S.*?))?\s*$`);
/** `Load Balancer    : <guid>`: the first line of a record. */
const RECORD = new RegExp(String.raw`^([A-Z][A-Za-z ]*?)\s*:\s*(${GUID})\s*$`);
/** `  Virtual IPs      : 172.30.0.1` */
const INDENTED = /^\s+(\S[^:]*?)\s*:(.*)$/;

/** A row of `hnsdiag list` of Windows Server 2019; its headings may be in any language, the GUIDs tell what it is. */
export function readRow(line: string, at: number): TextObject | undefined {
  const row = rowOf(line);
  return row && {...row, line: at + 1, brief: true};
}

function rowOf(line: string): Pick<TextObject, 'kind' | 'raw'> | undefined {
  const [, id, first, second] = PIPED.exec(line) ?? [];
  if (id !== undefined) {
    return second === undefined
      ? {kind: 'namespaces', raw: {ID: id, ResourceList: endpointsIn(first)}}
      : {
          kind: 'loadbalancers',
          raw: {ID: id, FrontendVIPs: words(first), HostComputeEndpoints: guids(second)},
        };
  }
  const [, name, guid, network] = NAMED.exec(line) ?? [];
  if (guid === undefined) return undefined;
  return network === undefined
    ? {kind: 'networks', raw: {Name: name, ID: guid}}
    : {kind: 'endpoints', raw: {Name: name, ID: guid, VirtualNetworkName: network}};
}

const KINDS: ReadonlyMap<string, HnsKind> = new Map([
  ['network', 'networks'],
  ['endpoint', 'endpoints'],
  ['namespace', 'namespaces'],
  ['load balancer', 'loadbalancers'],
]);

/** Fields of records by what HNS calls them, and how their values are read. */
const FIELDS: ReadonlyMap<string, readonly [string, (text: string) => unknown]> = new Map([
  ['virtual ips', ['FrontendVIPs', words]],
  ['direct ip ids', ['HostComputeEndpoints', guids]],
  ['endpoint ids', ['ResourceList', endpointsIn]],
  ['virtual network name', ['VirtualNetworkName', trimmed]],
  ['ip address', ['IPAddress', trimmed]],
]);

/** Whether a line begins a record of `hnsdiag list` of Windows Server 2022. */
export function beginsRecord(lines: readonly string[], at: number): boolean {
  const [, label = ''] = RECORD.exec(lines[at] ?? '') ?? [];
  return KINDS.has(label.toLowerCase());
}

/** Reads a record: its first line and the indented ones below it. */
export function readRecord(lines: readonly string[], from: number): Found {
  const [, label = '', id] = RECORD.exec(lines[from] ?? '') ?? [];
  const entries: [string, unknown][] = [['ID', id]];
  let at = from + 1;
  for (; at < lines.length; at++) {
    const [, name, text = ''] = INDENTED.exec(lines[at] ?? '') ?? [];
    if (name === undefined) break;
    const [field, read] = FIELDS.get(name.toLowerCase()) ?? [name, trimmed];
    entries.push([field, read(text)]);
  }
  const raw: RawObject = Object.fromEntries(entries);
  const object: TextObject = {raw, kind: KINDS.get(label.toLowerCase()), line: from + 1, brief: true};
  return {objects: [object], cuts: [], next: at};
}

function trimmed(text: string): string {
  return text.trim();
}

function words(text = ''): string[] {
  return text.split(/[\s,]+/).filter(word => word !== '');
}

function guids(text = ''): string[] {
  return [...text.matchAll(GUIDS)].map(([guid]) => guid);
}

function endpointsIn(text = ''): RawObject[] {
  return guids(text).map(Id => ({Type: 'Endpoint', Data: {Id}}));
}
