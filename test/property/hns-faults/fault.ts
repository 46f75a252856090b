import type {Json} from '../../helpers/raw.ts';
import type {Simulated, SimulatedNode} from '../../helpers/winkernel/cluster.ts';
import {CNI_TRAITS} from '../../helpers/winkernel/networks.ts';
import type {ClusterPlan, CniKind} from '../../helpers/winkernel/plan.ts';
import type {StoredBalancer, StoredEndpoint, StoredNetwork} from '../../helpers/winkernel/store.ts';

const SCTP = 132;

/** One way to break HNS. */
export interface HnsFault {
  /** The check that must find it. */
  id: string;
  /** What is wrong. */
  fault: string;
  /** Makes a plan one of clusters that can have the fault. */
  fit?: (plan: ClusterPlan) => ClusterPlan;
  /** Breaks one object; says the subject as `Kind/namespace/name`, or nothing where there is none to break. */
  inject: (patient: Patient) => string | undefined;
}

/** A simulated cluster with one of its Windows nodes chosen to be broken. */
export class Patient {
  readonly cluster: Simulated;
  readonly node: SimulatedNode;
  readonly #turn: number;

  constructor(cluster: Simulated, turn: number) {
    this.cluster = cluster;
    this.#turn = turn;
    this.node = this.pick(cluster.nodes) ?? fault('a cluster has Windows nodes');
  }

  /** One of some, or nothing where there are none. */
  pick<T>(some: readonly T[]): T | undefined {
    return some[this.#turn % some.length];
  }

  /** The network of the node's pods. */
  get network(): StoredNetwork {
    return this.node.store.network(CNI_TRAITS[this.cluster.plan.cni].network(this.node.index));
  }

  /**
   * A load balancer of the node that must be there as it is: it has a ready endpoint, is none of SCTP, which Windows may
   * refuse, of no address that an outer load balancer keeps to itself, and no health check that Services share.
   */
  balancer(is: (balancer: StoredBalancer) => boolean = () => true): StoredBalancer | undefined {
    const ready = new Set(
      this.cluster.slices.flatMap(({metadata, endpoints}) =>
        endpoints
          .filter((e: Json) => e.conditions.ready !== false)
          .flatMap((e: Json) => e.addresses)
          .map(
            (ip: string) =>
              `${metadata.namespace ?? ''}/${metadata['labels']['kubernetes.io/service-name']} ${ip}`,
          ),
      ),
    );
    const byId = new Map(this.node.store.endpoints.map(e => [e.id, e]));
    const serves = (service: string, id: string): boolean =>
      [byId.get(id)?.ip, byId.get(id)?.ip6].some(ip => ready.has(`${service} ${ip}`));
    const proxied = new Set(
      this.cluster.services.flatMap(s =>
        (s['status'].loadBalancer?.ingress ?? []).flatMap((i: Json) => (i.ipMode === 'Proxy' ? [i.ip] : [])),
      ),
    );
    const isSure = ({service, endpoints, protocol, role, vips}: StoredBalancer): boolean =>
      (role === 'health check' || endpoints.some(id => serves(service, id))) &&
      protocol !== SCTP &&
      !vips.some(vip => proxied.has(vip)) &&
      !(role === 'health check' && this.#isShared(vips));
    return this.pick(this.node.store.balancers.filter(b => isSure(b) && is(b)));
  }

  #isShared([vip]: readonly string[]): boolean {
    const wants = this.cluster.services.filter(s =>
      s['status'].loadBalancer?.ingress?.some((i: Json) => i.ip === vip),
    );
    return wants.length > 1;
  }

  /** An endpoint of a pod of the node that does not end. */
  podEndpoint(is: (endpoint: StoredEndpoint) => boolean = () => true): StoredEndpoint | undefined {
    const ending = new Set(
      this.cluster.objects
        .filter(o => o.kind === 'Pod' && o.metadata['deletionTimestamp'] !== undefined)
        .map(o => `${o.metadata.namespace ?? ''}/${o.metadata.name}`),
    );
    return this.pick(
      this.node.store.endpoints.filter(e => e.pod !== undefined && !ending.has(e.pod) && is(e)),
    );
  }

  /** Endpoints that load balancers send to. */
  get referred(): ReadonlySet<string> {
    return new Set(this.node.store.balancers.flatMap(b => b.endpoints));
  }

  get nodeSubject(): string {
    return `Node//${this.node.name}`;
  }
}

function fault(what: string): never {
  throw new Error(what);
}

/** Clusters of these networks only. */
export function only(...kinds: CniKind[]): (plan: ClusterPlan) => ClusterPlan {
  return plan => {
    const cni = kinds[plan.services.length % kinds.length] ?? plan.cni;
    return {...plan, cni};
  };
}

/** Clusters whose kube-proxy has flags. */
export function withFlags(plan: ClusterPlan): ClusterPlan {
  return {...plan, proxy: {...plan.proxy, told: 'flags'}};
}

/** Clusters with at least one Service of a kind over a ready pod of the first Windows node. */
export function serving(kind: 'ClusterIP' | 'NodePort' | 'LoadBalancer'): (plan: ClusterPlan) => ClusterPlan {
  return plan => ({
    ...plan,
    services: [
      {
        kind,
        backends: [
          {node: 1, state: 'ready', hostNetwork: false, dns: 'cluster'},
          {node: 0, state: 'ready', hostNetwork: false, dns: 'cluster'},
        ],
        ports: [{protocol: 'TCP', named: false}],
        affinity: plan.dualStack,
        internalLocal: false,
        externalLocal: false,
        externalIps: 1,
        ingress: 'ip',
        sharesIngress: false,
        preserveDestination: false,
        slices: 1,
        overlap: false,
        dual: false,
      },
      ...plan.services,
    ],
  });
}
