import type {ProbeMode} from './modes.ts';
import {EXTENTS} from './modes.ts';
import type {Cluster} from './places.ts';
import {headlessServices, placesOf, servedServices} from './places.ts';
import {Planner} from './planner.ts';
import {chanceToMiss, chooseLinks, reachFor} from './sample.ts';
import type {UserTarget} from './targets.ts';
import type {PlanGap, Probe, ProbePlan} from './types.ts';

/** What is asked of a plan. */
export interface PlanOptions {
  /** `quick` unless said. */
  readonly mode?: ProbeMode;
  /** Least probability, from 0 to 1, with which any one link is tried; instead of the mode's number of links. */
  readonly coverage?: number;
  /** Another number draws other links. */
  readonly round?: number;
  /** Further addresses or names, as the user has them: nothing outside the cluster is tried without being named. */
  readonly targets?: readonly UserTarget[];
  /** Only what starts or ends on these nodes. */
  readonly nodes?: ReadonlySet<string> | undefined;
  /** Whether only what starts at hosts is tried. */
  readonly hostOnly?: boolean;
  /** Suffix of the cluster's names. */
  readonly domain?: string;
}

/** Kubernetes' default (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). */
const DEFAULT_DOMAIN = 'cluster.local';

const HOST_ONLY: PlanGap = {leg: 'cluster-ip', detail: 'nothing starts in a pod, as --host-only asks'};

/** Plans what guide 001 tries by hand, for a fleet: which connections, from where, and what they leave unseen. */
export function planProbes(cluster: Cluster, options: PlanOptions = {}): ProbePlan {
  const {mode = 'quick', round = 0, domain = DEFAULT_DOMAIN, targets = [], nodes, hostOnly = false} = options;
  const extent = EXTENTS[mode];
  const services = servedServices(cluster);
  const places = placesOf(cluster, services);
  const {coverage} = options;
  const reach = coverage === undefined ? extent.reach : reachFor(places.length, coverage);
  const links = chooseLinks(places, reach, round);
  const planner = new Planner({
    places,
    services,
    headless: headlessServices(cluster),
    round,
    domain,
    tries: extent.tries,
    servicesPerNode: extent.services,
  });
  planner.links(links);
  for (const place of places) planner.from(place);
  for (const target of targets) planner.outbound(target, hostOnly);
  const gaps = hostOnly ? [HOST_ONLY] : planner.gaps;
  const planned = hostOnly ? planner.probes.filter(p => !p.from.pod) : planner.probes;
  return {
    probes: nodes ? planned.filter(p => touches(p, nodes)) : planned,
    gaps: nodes ? gaps.filter(g => g.node === undefined || nodes.has(g.node)) : gaps,
    nodes: places.length,
    chanceToMiss: chanceToMiss(places.length, links.length),
  };
}

/** How many connections a plan opens: a probe may be several tries. */
export function connectionsOf({probes}: ProbePlan): number {
  return probes.reduce((sum, {tries = 1}) => sum + tries, 0);
}

function touches({from, to}: Probe, nodes: ReadonlySet<string>): boolean {
  return nodes.has(from.node) || (to.node !== undefined && nodes.has(to.node));
}
