import type {HnsLoadBalancer, HnsPlace, HnsPortMapping} from './model.ts';
import type {RawObject} from './values.ts';
import {
  NONE,
  addressOf,
  field,
  flagIn,
  flagsIn,
  guidOf,
  guidsIn,
  itemsIn,
  known,
  numberIn,
  objectsIn,
  referenceOf,
  textOf,
} from './values.ts';

/** Names of `LoadBalancerFlags` in the schema. */
const FLAGS = {EnableDirectServerReturn: 1, EnableIPv6: 2};
/** Names of `LoadBalancerPortMappingFlags` in the schema. */
const PORT_FLAGS = {
  EnableInternalLoadBalancer: 1,
  LocalRoutedVIP: 2,
  EnableUseMux: 4,
  EnablePreserveDIP: 8,
  VipExternalIP: 16,
};
const DISTRIBUTION = {SourceIPProtocol: 1, SourceIP: 2};
const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['ICMP', 1],
  ['TCP', 6],
  ['UDP', 17],
  ['SCTP', 132],
]);

/**
 * Reads a load balancer of v1 (`hns/v1-policylists.json`) or v2 (`hns/loadbalancers.json`); undefined where a policy list
 * of v1 balances nothing.
 */
export function readLoadBalancer(raw: RawObject, at: HnsPlace): HnsLoadBalancer | undefined {
  const policies = objectsIn(raw['Policies']);
  const balancing = policies.filter(p => textOf(p['Type'])?.toUpperCase() === 'ELB');
  if (policies.length > 0 && balancing.length === 0) return undefined;
  const flags = flagsIn(raw['Flags'], FLAGS) ?? 0;
  const vips = [raw, ...balancing].flatMap(part =>
    itemsIn(field(part, 'FrontendVIPs', 'VIPs')).flatMap(vip => addressOf(vip) ?? []),
  );
  const isV2 = Object.hasOwn(raw, 'HostComputeEndpoints') || Object.hasOwn(raw, 'PortMappings');
  return known<HnsLoadBalancer>({
    at,
    id: guidOf(field(raw, 'ID', 'Id')) ?? '',
    vips: vips.length === 0 ? NONE : [...new Set(vips)],
    endpoints: [...guidsIn(raw['HostComputeEndpoints']), ...guidsIn(raw['References'], referenceOf)],
    ports: [...objectsIn(raw['PortMappings']), ...balancing].map(portOf),
    sourceVip: [raw, ...balancing].map(part => addressOf(part['SourceVIP'])).find(vip => vip !== undefined),
    // v1's own `Flags` are others.
    dsr:
      (isV2 && (flags & FLAGS.EnableDirectServerReturn) !== 0) ||
      balancing.some(p => flagIn(p['IsDSR']) === true),
    ipv6: (isV2 && (flags & FLAGS.EnableIPv6) !== 0) || vips.some(vip => vip.includes(':')),
    state: numberIn(raw['State']),
  });
}

/** A port mapping of v2, or a policy of type ELB, which has one port and says as words what v2 says as flags. */
function portOf(raw: RawObject): HnsPortMapping {
  const words =
    (flagIn(raw['ILB']) === true ? PORT_FLAGS.EnableInternalLoadBalancer : 0) |
    (flagIn(field(raw, 'LocalRoutedVip', 'LocalRoutedVIP')) === true ? PORT_FLAGS.LocalRoutedVIP : 0);
  return {
    protocol: protocolOf(raw['Protocol']),
    internal: numberIn(raw['InternalPort']) ?? 0,
    external: numberIn(raw['ExternalPort']) ?? 0,
    distribution: flagsIn(raw['DistributionType'], DISTRIBUTION) ?? 0,
    flags: (flagsIn(raw['Flags'], PORT_FLAGS) ?? 0) | words,
  };
}

/** 0 where it is none that is known. */
function protocolOf(value: unknown): number {
  return numberIn(value) ?? PROTOCOLS.get(textOf(value)?.toUpperCase() ?? '') ?? 0;
}
