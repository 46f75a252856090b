import type {ProbeLoss, Probing} from '../../src/probes/evidence.ts';
import {clusterOf} from '../../src/probes/cluster.ts';
import type {Cluster} from '../../src/probes/places.ts';
import type {PlanOptions} from '../../src/probes/plan.ts';
import {planProbes} from '../../src/probes/plan.ts';
import type {Leg, Probe, ProbeError, ProbePlan, ProbeResult} from '../../src/probes/types.ts';
import type {MissingReason} from '../../src/snapshot/evidence.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import type {TestCluster} from './cluster.ts';
import {dualFleetOf, fleetOf} from './fleet.ts';
import {NOW} from './raw.ts';

/** Which probes are meant. */
export type Which = (probe: Probe) => boolean;

/** A plan of which everything worked, to break something in. */
export class TestProbing {
  readonly plan: ProbePlan;
  readonly #results = new Map<string, ProbeResult>();
  readonly #losses: ProbeLoss[] = [];

  constructor(plan: ProbePlan) {
    this.plan = plan;
    for (const {id, tries = 1, from} of plan.probes) {
      const way = from.pod ? (from.os === 'windows' ? 'compartment' : 'netns') : 'host';
      this.#results.set(id, {probe: id, ok: true, ms: 1, slowestMs: 2, tries, lost: 0, way, at: NOW});
    }
  }

  /** Lets probes fail; throws where there is no such probe. */
  fail(which: Which, error: ProbeError = 'timed-out', more: Partial<ProbeResult> = {}): this {
    return this.change(which, ({tries, probe, way, at}) => ({
      probe,
      ok: false,
      error,
      tries,
      lost: tries,
      way,
      at,
      ...more,
    }));
  }

  /** Changes what came of probes; throws where there is no such probe. */
  change(which: Which, edit: (result: ProbeResult) => ProbeResult): this {
    const chosen = this.plan.probes.filter(which);
    if (chosen.length === 0) throw new Error('the plan has no such probe');
    for (const {id} of chosen) {
      const result = this.#results.get(id);
      if (result) this.#results.set(id, edit(result));
    }
    return this;
  }

  /** Loses everything that starts on a node. */
  lose(node: string, reason: MissingReason = 'failed', detail = 'the agent went away'): this {
    const lost = this.plan.probes.filter(p => p.from.node === node);
    for (const {id} of lost) this.#results.delete(id);
    this.#losses.push({node, reason, detail, probes: lost.length});
    return this;
  }

  get value(): Probing {
    return {plan: this.plan, results: [...this.#results.values()], losses: this.#losses};
  }
}

/** Probes of a leg, from a node where one is named. */
export function of(leg: Leg, node?: string): Which {
  return probe => probe.leg === leg && (node === undefined || probe.from.node === node);
}

/** Whether a probe goes to an IPv6 address. */
export const overIPv6: Which = probe => probe.to.host.includes(':');

/** A test cluster of which everything was tried, with what was found. */
export function probed(
  cluster: TestCluster,
  edit: (probing: TestProbing) => void = () => undefined,
  options: PlanOptions = {},
): TestCluster {
  const probing = new TestProbing(planProbes(clusterOf(cluster.snapshot()), options));
  edit(probing);
  return cluster.with('probes', probing.value);
}

/** A fleet of so many nodes, half Windows and half Linux, of which everything was tried. */
export function probedFleet(
  edit: (probing: TestProbing) => void = () => undefined,
  options: PlanOptions = {},
  nodes = 12,
): Snapshot {
  return probedCluster(fleetOf(nodes), edit, options);
}

/** The same fleet, of both families. */
export function probedDualFleet(edit: (probing: TestProbing) => void): Snapshot {
  return probedCluster(dualFleetOf(12), edit);
}

function probedCluster(
  cluster: Cluster,
  edit: (probing: TestProbing) => void,
  options: PlanOptions = {},
): Snapshot {
  const probing = new TestProbing(planProbes(cluster, options));
  edit(probing);
  const {slices: endpointSlices, ...rest} = cluster;
  const evidence = {...rest, endpointSlices, namespaces: [], networkPolicies: [], workloads: []};
  return {
    schema: 1,
    now: NOW,
    source: {kind: 'cluster', name: 'fleet', collectedAt: NOW},
    evidence: {
      ...Object.fromEntries(Object.entries(evidence).map(([key, value]) => [key, collected(value)])),
      probes: collected(probing.value),
    },
  };
}
