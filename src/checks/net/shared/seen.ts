import {osOfNode} from '../../../kube/os.ts';
import type {Endpoint} from '../../../kube/services.ts';
import {slicesByService, usableEndpoints} from '../../../kube/services.ts';
import type {Pod} from '../../../kube/types.ts';
import {idOf} from '../../../kube/workloads.ts';
import type {Probing} from '../../../probes/evidence.ts';
import {Expectations} from '../../../probes/expected.ts';
import type {LinkFault} from '../../../probes/failing.ts';
import {linkFaults} from '../../../probes/failing.ts';
import type {Leg, Probe, ProbeResult} from '../../../probes/types.ts';
import {hasFailed} from '../../../probes/types.ts';
import type {Tried} from '../../../probes/verdict.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {EvidenceMap} from '../../../snapshot/snapshot.ts';
import {BEHIND_LEGS, deadPods, familyOf, lostFrom, refusingPods} from './behind.ts';

/** What tells where a connection that failed belongs, and whether it was to work. */
export const NET_WANTS = [
  'nodes',
  'namespaces',
  'networkPolicies',
  'pods',
  'services',
  'endpointSlices',
  'workloads',
] as const;

/** Input of a check of connections. */
export interface NetInput {
  readonly probes: Probing;
  /** The one node whose connections are judged now. */
  readonly only?: string;
  readonly wants: {readonly [W in (typeof NET_WANTS)[number]]: Evidence<EvidenceMap[W]>};
}

const ZONE = 'topology.kubernetes.io/zone';
/** No label of Kubernetes' own: these are in use (https://rook.io/docs/rook/latest/CRDs/Cluster/ceph-cluster-crd/#osd-topology). */
const RACKS = ['topology.kubernetes.io/rack', 'topology.rook.io/rack'];

const known = new WeakMap<Probing, {wants: NetInput['wants']; seen: Seen}>();

/** What was tried, joined with what is known of the cluster; every check asks the same, so it is made once. */
export function seenOf({probes, wants}: NetInput): Seen {
  const held = known.get(probes);
  if (held && NET_WANTS.every(key => isSame(held.wants[key], wants[key]))) return held.seen;
  const seen = new Seen(probes, wants);
  known.set(probes, {wants, seen});
  return seen;
}

/** What is missing is made anew each time. */
function isSame(a: Evidence<unknown>, b: Evidence<unknown>): boolean {
  return a.ok && b.ok ? a.value === b.value : a.ok === b.ok;
}

/** The outcome of a plan. */
export class Seen {
  /** What failed connections between nodes have in common. */
  readonly faults: readonly LinkFault[];
  readonly #probing: Probing;
  readonly #results: ReadonlyMap<string, ProbeResult>;
  readonly #byId: ReadonlyMap<string, Probe>;
  /** Probes that NetworkPolicies forbid, with one that does. */
  readonly #forbidden: ReadonlyMap<string, string>;
  readonly #workloads: ReadonlyMap<string, string>;
  readonly #byNode = new Map<string, ReadonlyMap<string, readonly Tried[]>>();
  /** What fails from each node: addresses, and nodes whose pods do, by family. */
  readonly #lostFrom: ReadonlyMap<string, ReadonlySet<string>>;
  /** Pods of which everybody who tried them was told no, by either family. */
  readonly #refusing: ReadonlySet<string>;
  /** Pods that nobody reached of those who tried, at least two nodes or their own, by family. */
  readonly #dead: ReadonlySet<string>;
  /** Endpoints of each Service. */
  readonly #backends: ReadonlyMap<string, readonly Endpoint[]>;
  /** Probes that a fault of a node or of a group of nodes explains. */
  readonly #explained: ReadonlySet<string>;

  constructor(probing: Probing, wants: NetInput['wants']) {
    this.#probing = probing;
    this.#results = new Map(probing.results.map(r => [r.probe, r]));
    this.#byId = new Map(probing.plan.probes.map(p => [p.id, p]));
    this.#forbidden = forbiddenOf(probing, this.#results, wants);
    this.#workloads = workloadsOf(wants);
    this.faults = linkFaults(
      probing.plan,
      probing.results,
      groupingsOf(wants),
      new Set(this.#forbidden.keys()),
    );
    const behind = this.tried(...BEHIND_LEGS);
    this.#lostFrom = lostFrom(behind);
    this.#refusing = refusingPods(behind);
    this.#dead = deadPods(behind);
    this.#backends = new Map(
      [...slicesByService(value(wants.endpointSlices))].map(([name, slices]) => [
        name,
        usableEndpoints(slices),
      ]),
    );
    this.#explained = new Set(this.faults.flatMap(f => (f.kind === 'link' ? [] : f.probes)));
  }

  /** Probes of these legs that were tried, but those that a policy forbids. */
  tried(...legs: readonly Leg[]): Tried[] {
    return this.#probing.plan.probes.flatMap(probe => {
      const result = legs.includes(probe.leg) ? this.#results.get(probe.id) : undefined;
      const counts = result && (result.ok || hasFailed(result)) && !this.#forbidden.has(probe.id);
      return counts ? [{probe, result}] : [];
    });
  }

  /** The same by the node where they start. */
  byNode(legs: readonly Leg[]): ReadonlyMap<string, readonly Tried[]> {
    const key = legs.join(' ');
    let found = this.#byNode.get(key);
    if (!found) {
      found = Map.groupBy(this.tried(...legs), t => t.probe.from.node);
      this.#byNode.set(key, found);
    }
    return found;
  }

  /** One probe with its result, where it was tried. */
  byId(id: string | undefined): Tried | undefined {
    const probe = this.#byId.get(id ?? '');
    const result = this.#results.get(id ?? '');
    return probe && result && (result.ok || hasFailed(result)) ? {probe, result} : undefined;
  }

  /** Nodes whose probes of these legs have no result, with why. */
  lost(...legs: readonly Leg[]): Probing['losses'] {
    const nodes = new Set(
      this.#probing.plan.probes
        .filter(p => legs.includes(p.leg) && !this.#results.has(p.id))
        .map(p => p.from.node),
    );
    return [...this.#probing.losses.filter(l => nodes.has(l.node)), ...this.#untried(legs)];
  }

  /** Nodes whose agent answered that it could try nothing of these legs. */
  #untried(legs: readonly Leg[]): Probing['losses'] {
    const tried = this.byNode(legs);
    const own = this.#probing.plan.probes.filter(p => legs.includes(p.leg) && !tried.has(p.from.node));
    return [...Map.groupBy(own, p => p.from.node)].flatMap(([node, probes]) => {
      const first = probes.map(p => this.#results.get(p.id)).find(r => r && !r.ok && !hasFailed(r));
      if (!first) return [];
      const reason = first.error === 'unsupported' ? 'unsupported' : 'failed';
      return [{node, reason, detail: first.detail ?? first.error ?? 'not tried', probes: probes.length}];
    });
  }

  /**
   * Whether somebody behind a virtual IP is not reached from a node: an address that fails from there, a node whose pods do, or a pod
   * that is dead to everybody. Each connection to the virtual IP may go to that one.
   */
  isPartlyLost(probe: Probe): boolean {
    const {from, to} = probe;
    const lost = this.#lostFrom.get(from.node);
    const isLost = (key: string | undefined): boolean =>
      key !== undefined && (lost?.has(`${familyOf(to.host)} ${key}`) ?? false);
    const isLostTo = ({nodeName, addresses = []}: Endpoint): boolean =>
      isLost(nodeName) || addresses.some(isLost);
    return this.hasDeadBackend(probe) || this.#behind(probe).some(isLostTo);
  }

  /** Whether a pod behind a Service is reached by nobody: any node may pass a connection to the Service on to that one. */
  hasDeadBackend(probe: Probe): boolean {
    const {host, of} = probe.to;
    return this.#behind(probe).some(({targetRef}) => {
      if (targetRef?.name === undefined) return false;
      const pod = `${targetRef.namespace ?? of.namespace ?? ''}/${targetRef.name}`;
      return this.#refusing.has(pod) || this.#dead.has(`${familyOf(host)} ${pod}`);
    });
  }

  #behind({to: {of}}: Probe): readonly Endpoint[] {
    return this.#backends.get(`${of.namespace ?? ''}/${of.name}`) ?? [];
  }

  /** Whether the node of a target is one to whose pods connections fail from where a probe starts, over its family. */
  isWayLost({from, to}: Probe): boolean {
    return (
      to.node !== undefined &&
      (this.#lostFrom.get(from.node)?.has(`${familyOf(to.host)} ${to.node}`) ?? false)
    );
  }

  /** Whether a fault of a whole node, or between groups of nodes, explains that a probe failed. */
  isExplained({id}: Probe): boolean {
    return this.#explained.has(id);
  }

  /** Ids of probes that failed, as policies forbid them. */
  get forbidden(): ReadonlySet<string> {
    return new Set(this.#forbidden.keys());
  }

  /** The workload of a pod, where it is known. */
  workloadOf({namespace = '', name}: {namespace?: string; name: string}): string | undefined {
    return this.#workloads.get(`${namespace}/${name}`);
  }
}

function value<T>(evidence: Evidence<T[]>): readonly T[] {
  return evidence.ok ? evidence.value : [];
}

/** Only of what failed it matters. */
function forbiddenOf(
  {plan}: Probing,
  results: ReadonlyMap<string, ProbeResult>,
  wants: NetInput['wants'],
): Map<string, string> {
  const expectations = new Expectations({
    policies: value(wants.networkPolicies),
    namespaces: value(wants.namespaces),
    nodes: value(wants.nodes),
    pods: value(wants.pods),
    services: value(wants.services),
    slices: value(wants.endpointSlices),
  });
  const forbidden = new Map<string, string>();
  for (const probe of plan.probes) {
    if (results.get(probe.id)?.ok !== false) continue;
    const by = expectations.forbiddenBy(probe);
    if (by !== undefined) forbidden.set(probe.id, by);
  }
  return forbidden;
}

function workloadsOf({workloads}: NetInput['wants']): Map<string, string> {
  const all = value(workloads);
  return new Map(all.flatMap(({owner, pods}) => pods.map(pod => [nameOf(pod), idOf(owner)] as const)));
}

/** Groups that may not reach one another: operating systems, then zones, then racks. */
function groupingsOf({nodes}: NetInput['wants']): ((node: string) => string | undefined)[] {
  const byName = new Map(value(nodes).map(n => [n.metadata.name, n]));
  const osOf = (name: string): string | undefined => {
    const node = byName.get(name);
    return node && osOfNode(node);
  };
  const zoneOf = (name: string): string | undefined => {
    const zone = byName.get(name)?.metadata.labels?.[ZONE];
    return zone === undefined ? undefined : `zone ${zone}`;
  };
  const rackOf = (name: string): string | undefined => {
    const labels = byName.get(name)?.metadata.labels;
    const rack = RACKS.map(label => labels?.[label]).find(r => r !== undefined);
    return rack === undefined ? undefined : `rack ${rack}`;
  };
  return [osOf, zoneOf, rackOf];
}

function nameOf({metadata: {namespace = '', name}}: Pod): string {
  return `${namespace}/${name}`;
}
