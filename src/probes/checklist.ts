import type {Leg, Probe, ProbePlan, ProbeResult} from './types.ts';
import {hasFailed} from './types.ts';

/** One thing that guide 001 tells to try after a deployment, in its own words and order. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly legs: readonly Leg[];
  /** Check of each leg that fails (CHECKS: NET and DNS). */
  readonly checks: readonly string[];
}

/**
 * The checklist of https://kubernetes.io/docs/concepts/windows/user-guide/, "Check that the deployment succeeded". It pings
 * between pods; TCP is used here, as ICMP follows no rule of outbound NAT.
 */
export const STEPS: readonly Step[] = [
  {
    id: 'node-to-pod',
    title: 'Node-to-pod communication across the network',
    legs: ['node-to-pod'],
    checks: ['NET004'],
  },
  {
    id: 'pod-to-pod',
    title: 'Pod-to-pod communication, and across hosts',
    legs: ['pod-same-node', 'pod-other-node', 'path-mtu'],
    checks: ['NET001', 'NET002', 'NET008', 'NET009'],
  },
  {
    id: 'service-to-pod',
    title: 'Service-to-pod communication, by the virtual service IP',
    legs: ['cluster-ip', 'host-cluster-ip', 'backend', 'api-server'],
    checks: ['NET003', 'NET007', 'NET010', 'NET013'],
  },
  {
    id: 'service-discovery',
    title: 'Service discovery, by the service name with the default DNS suffix',
    legs: ['full-name', 'short-name', 'headless-name', 'dns-vip', 'dns-backend'],
    checks: ['DNS001', 'DNS002', 'DNS004'],
  },
  {id: 'inbound', title: 'Inbound connectivity, by the NodePort', legs: ['node-port'], checks: ['NET005']},
  {
    id: 'outbound',
    title: 'Outbound connectivity from inside the pod',
    legs: ['outbound'],
    checks: ['NET006'],
  },
];

/** How a step went. */
export interface StepOutcome {
  readonly step: Step;
  /** `not-tried`: nothing of it was planned, or nothing that was planned could be tried. */
  readonly state: 'works' | 'fails' | 'fails-in-part' | 'not-tried';
  readonly tried: number;
  readonly failed: number;
  /** Failures that Windows cannot avoid, or that a NetworkPolicy makes; they are not among the failed. */
  readonly byDesign: number;
}

/** Answers the checklist. A probe without a result was not tried; `expected` are those that a policy forbids. */
export function checklistOf(
  {probes}: ProbePlan,
  results: readonly ProbeResult[],
  expected: ReadonlySet<string> = new Set(),
): StepOutcome[] {
  const byProbe = new Map(results.map(r => [r.probe, r]));
  return STEPS.map(step => {
    const seen = probes
      .filter(p => step.legs.includes(p.leg))
      .flatMap(probe => outcomeOf(probe, byProbe.get(probe.id), expected) ?? []);
    const failed = seen.filter(o => o === 'failed').length;
    const byDesign = seen.filter(o => o === 'by-design').length;
    const tried = seen.length - byDesign;
    const state =
      tried === 0 ? 'not-tried' : failed === 0 ? 'works' : failed === tried ? 'fails' : 'fails-in-part';
    return {step, state, tried, failed, byDesign};
  });
}

/** What came of a probe that was tried: `expected` are those that a policy forbids. Undefined where it was not. */
export function outcomeOf(
  {id, byDesign}: Probe,
  result: ProbeResult | undefined,
  expected: ReadonlySet<string>,
): 'worked' | 'failed' | 'by-design' | undefined {
  if (!result || (!result.ok && !hasFailed(result))) return undefined;
  if (result.ok) return 'worked';
  return byDesign || expected.has(id) ? 'by-design' : 'failed';
}
