import {isRecord} from '../../src/kube/shape.ts';
import type {VfpPortKind} from '../../src/node/vfp.ts';
import {kindOfPort} from '../../src/node/vfp.ts';

/** A port of the virtual switch. */
export interface VfpPort {
  /** GUID; equals `EndpointPortGuid` of the endpoint's allocators in HNS v1. */
  name: string;
  kind: VfpPortKind;
}

/** What goes into a command line must be a GUID and nothing else. */
const GUID = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i;

/**
 * Ports in the answer to `/list-vmswitch-port /format 1`: `{"Ports": [{"Id": friendly name, "Name": GUID, …}]}`. Those whose
 * name is no GUID are left out. Throws SyntaxError.
 */
export function readPorts(json: string): VfpPort[] {
  const answer: unknown = JSON.parse(json);
  const ports = isRecord(answer) ? answer['Ports'] : undefined;
  if (!Array.isArray(ports)) return [];
  return ports.filter(isRecord).flatMap(({Id: id, Name: name}) => {
    if (typeof name !== 'string' || !GUID.test(name)) return [];
    return [{name, kind: kindOfPort(typeof id === 'string' ? id : '')}];
  });
}

/** A port has hundreds of rules on a big cluster, and each question costs the switch some work. */
const MAX_PORTS = 4;

/** The ports that are looked at: the uplink, the host's own, and pods, by GUID so that two snapshots look at the same ones. */
export function samplePorts(ports: readonly VfpPort[]): VfpPort[] {
  const sorted = [...ports].sort((a, b) => (a.name < b.name ? -1 : 1));
  const firstOf = (kind: VfpPort['kind']) => sorted.filter(port => port.kind === kind).slice(0, 1);
  const ends = [...firstOf('external'), ...firstOf('host')];
  const pods = sorted.filter(({kind}) => kind === 'pod');
  return [...ends, ...pods.slice(0, MAX_PORTS - ends.length)];
}
