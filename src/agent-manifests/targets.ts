import type {Cidr} from '../kube/cidr.ts';
import {holds, parseCidr} from '../kube/cidr.ts';

/** What a cluster says of its networks. */
export interface ClusterNetworks {
  podNetworks: readonly string[];
  serviceNetworks: readonly string[];
  /** Cluster IPs, where the ranges are not known. */
  serviceAddresses: readonly string[];
  nodeAddresses: readonly string[];
  /** `HOST:PORT` of the API servers, which often stand outside of all these networks. */
  apiServers: readonly string[];
}

/** Where probes may go, as few networks as say the same (CONTRACT §6): pods, Services, nodes and API servers, and nothing beside them. */
export function probeTargets(networks: ClusterNetworks): string[] {
  const {podNetworks, serviceNetworks, serviceAddresses, nodeAddresses, apiServers} = networks;
  const services = serviceNetworks.length > 0 ? serviceNetworks : serviceAddresses.map(single);
  return [...fewest([...podNetworks, ...services, ...nodeAddresses.map(single)]), ...new Set(apiServers)];
}

/** A network of one address. */
function single(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** Joins neighbours and drops what others hold. IPv6 networks stay as they are. */
function fewest(texts: readonly string[]): string[] {
  const other: string[] = [];
  const found: Cidr[] = [];
  for (const text of texts) {
    const cidr = parseCidr(text);
    if (cidr) found.push(cidr);
    else if (text.includes(':')) other.push(text);
  }
  return [...joined(found).map(format), ...new Set(other)];
}

function joined(cidrs: readonly Cidr[]): Cidr[] {
  let wide = cidrs
    .map(({base, bits}) => ({base: base - (base % sizeOf(bits)), bits}))
    .toSorted((a, b) => a.base - b.base || a.bits - b.bits);
  for (let changed = true; changed;) {
    const next: Cidr[] = [];
    for (const cidr of wide) {
      const last = next.at(-1);
      if (last && holds(last, cidr.base)) continue;
      if (last && areHalves(last, cidr)) next.splice(-1, 1, {base: last.base, bits: last.bits - 1});
      else next.push(cidr);
    }
    changed = next.length < wide.length;
    wide = next;
  }
  return wide;
}

/** Whether two networks are the lower and the upper half of one. */
function areHalves(low: Cidr, high: Cidr): boolean {
  return (
    low.bits === high.bits &&
    low.bits > 0 &&
    low.base % sizeOf(low.bits - 1) === 0 &&
    high.base === low.base + sizeOf(low.bits)
  );
}

function sizeOf(bits: number): number {
  return 2 ** (32 - bits);
}

function format({base, bits}: Cidr): string {
  const octets = [24, 16, 8, 0].map(shift => Math.floor(base / 2 ** shift) % 256);
  return `${octets.join('.')}/${bits}`;
}
