import {netHolds, parseIp, parseNet} from './ip.ts';
import {matchesLabels} from './label-selector.ts';
import type {
  LabelSelector,
  Namespace,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Pod,
} from './types.ts';

/** One end of a connection: a pod, or an address that is none. */
export interface PolicyEnd {
  readonly pod?: Pod;
  readonly address: string;
}

/** A connection as policies see it, after the address of a Service was replaced. */
export interface Flow {
  readonly from: PolicyEnd;
  readonly to: PolicyEnd;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/**
 * Says which policy keeps a connection from being made, as the API defines it
 * (https://kubernetes.io/docs/concepts/services-networking/network-policies/). Whether a network plug-in enforces policies is
 * another matter.
 */
export class NetworkPolicies {
  readonly #byNamespace: ReadonlyMap<string, readonly NetworkPolicy[]>;
  readonly #labels: ReadonlyMap<string, Record<string, string>>;

  constructor(policies: readonly NetworkPolicy[], namespaces: readonly Namespace[]) {
    this.#byNamespace = Map.groupBy(policies, p => p.metadata.namespace ?? '');
    this.#labels = new Map(namespaces.map(n => [n.metadata.name, n.metadata.labels ?? {}]));
  }

  /** The policies that forbid a connection, none of which allows it; nothing where it is allowed. */
  forbidding(flow: Flow): readonly NetworkPolicy[] {
    const {from, to} = flow;
    const leaving = this.#on(from, 'Egress');
    const isLet = leaving.some(({spec}) => spec.egress?.some(r => this.#matches(r.to, r.ports, to, flow)));
    if (leaving.length > 0 && !isLet) return leaving;
    const entering = this.#on(to, 'Ingress');
    const isIn = entering.some(({spec}) =>
      spec.ingress?.some(r => this.#matches(r.from, r.ports, from, flow)),
    );
    return entering.length > 0 && !isIn ? entering : [];
  }

  /** Policies that select a pod for a direction; then what none of them allows is forbidden. */
  #on({pod}: PolicyEnd, direction: 'Ingress' | 'Egress'): readonly NetworkPolicy[] {
    const policies = pod ? (this.#byNamespace.get(pod.metadata.namespace ?? '') ?? []) : [];
    return policies.filter(({spec}) => {
      const types = spec.policyTypes ?? ['Ingress', ...(spec.egress ? ['Egress'] : [])];
      return types.includes(direction) && selects(spec.podSelector ?? {}, pod?.metadata.labels);
    });
  }

  #matches(
    peers: readonly NetworkPolicyPeer[] | undefined,
    ports: readonly NetworkPolicyPort[] | undefined,
    end: PolicyEnd,
    flow: Flow,
  ): boolean {
    const isPort = !ports || ports.length === 0 || ports.some(p => isOnPort(p, flow));
    return isPort && (!peers || peers.length === 0 || peers.some(p => this.#isPeer(p, end, flow)));
  }

  #isPeer({podSelector, namespaceSelector, ipBlock}: NetworkPolicyPeer, end: PolicyEnd, flow: Flow): boolean {
    const {pod, address} = end;
    if (ipBlock) return isInBlock(ipBlock, address);
    if (!pod) return false;
    const namespace = pod.metadata.namespace ?? '';
    // Without a selector of namespaces it means the policy's own, which is that of the other end.
    const other = end === flow.to ? flow.from : flow.to;
    const isThere = namespaceSelector
      ? selects(namespaceSelector, this.#labels.get(namespace))
      : namespace === other.pod?.metadata.namespace;
    return isThere && selects(podSelector ?? {}, pod.metadata.labels);
  }
}

function selects(
  {matchLabels = {}, matchExpressions = []}: LabelSelector,
  labels?: Record<string, string>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels?.[key] === value) &&
    matchesLabels(matchExpressions, labels)
  );
}

function isOnPort({protocol = 'TCP', port, endPort}: NetworkPolicyPort, flow: Flow): boolean {
  if (protocol !== flow.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return flow.port >= port && flow.port <= (endPort ?? port);
  const containers = flow.to.pod?.spec.containers ?? [];
  return containers.some(c =>
    c.ports?.some(
      p => p.name === port && p.containerPort === flow.port && (p.protocol ?? 'TCP') === protocol,
    ),
  );
}

function isInBlock({cidr, except = []}: {cidr: string; except?: string[]}, address: string): boolean {
  const ip = parseIp(address);
  const holds = (text: string): boolean => {
    const net = parseNet(text);
    return ip !== undefined && net !== undefined && netHolds(net, ip);
  };
  return holds(cidr) && !except.some(holds);
}
