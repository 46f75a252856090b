import type {HnsLoadBalancer, HnsPlace, HnsPortMapping} from './model.ts';
import type {RawObject, Unfinished} from './values.ts';
import {
  addressOf,
  flagIn,
  flagsIn,
  guidOf,
  numberIn,
  objectsIn,
  readIn,
  referenceOf,
  textOf,
  unique,
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
  const balancing = policies.every(isBalancing) ? policies : policies.filter(isBalancing);
  if (policies.length > 0 && balancing.length === 0) return undefined;
  const isV2 = Object.hasOwn(raw, 'HostComputeEndpoints') || Object.hasOwn(raw, 'PortMappings');
  // v1's own `Flags` are others.
  const flags = isV2 ? (flagsIn(raw['Flags'], FLAGS) ?? 0) : 0;
  const vips = vipsIn(raw, balancing);
  let sourceVip = addressOf(raw['SourceVIP']);
  let dsr = (flags & FLAGS.EnableDirectServerReturn) !== 0;
  for (const policy of balancing) {
    sourceVip ??= addressOf(policy['SourceVIP']);
    dsr ||= flagIn(policy['IsDSR']) === true;
  }
  const balancer: Unfinished<HnsLoadBalancer> = {
    at,
    id: guidOf(raw['ID'] ?? raw['Id']) ?? '',
    vips: unique(vips),
    endpoints: joined(readIn(raw['HostComputeEndpoints'], guidOf), readIn(raw['References'], referenceOf)),
    ports: joined(objectsIn(raw['PortMappings']), balancing).map(portOf),
    dsr,
    ipv6: (flags & FLAGS.EnableIPv6) !== 0 || vips.some(vip => vip.includes(':')),
  };
  // A node has hundreds of them, so they are made in one go and not with `known`.
  const state = numberIn(raw['State']);
  if (sourceVip !== undefined) balancer.sourceVip = sourceVip;
  if (state !== undefined) balancer.state = state;
  return balancer;
}

function isBalancing(policy: RawObject): boolean {
  return textOf(policy['Type'])?.toUpperCase() === 'ELB';
}

/** Virtual IPs of an object and of its policies, of which there is one at most in what kube-proxy makes. */
function vipsIn(raw: RawObject, balancing: readonly RawObject[]): readonly string[] {
  const [policy, ...more] = balancing;
  if (!policy) return vipsOf(raw);
  return more.length === 0 ? joined(vipsOf(raw), vipsOf(policy)) : [raw, ...balancing].flatMap(vipsOf);
}

function vipsOf(part: RawObject): readonly string[] {
  return readIn(part['FrontendVIPs'] ?? part['VIPs'], addressOf);
}

/** Both lists; mostly one of them is empty, and the other is taken as it is. */
function joined<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return b.length === 0 ? a : a.length === 0 ? b : [...a, ...b];
}

/** A port mapping of v2, or a policy of type ELB, which has one port and says as words what v2 says as flags. */
function portOf(raw: RawObject): HnsPortMapping {
  const words =
    (flagIn(raw['ILB']) === true ? PORT_FLAGS.EnableInternalLoadBalancer : 0) |
    (flagIn(raw['LocalRoutedVip'] ?? raw['LocalRoutedVIP']) === true ? PORT_FLAGS.LocalRoutedVIP : 0);
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
