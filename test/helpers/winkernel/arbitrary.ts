import * as fc from 'fast-check';
import type {BackendPlan, ClusterPlan, NodePlan, ServicePlan} from './plan.ts';
import {CNI_KINDS, DNS_KINDS, POD_STATES, SERVICE_KINDS} from './plan.ts';

/** Builds with the versions of HNS that were seen on them. */
const SYSTEMS = [
  {build: 17763, hns: {major: 9, minor: 2}},
  {build: 17763, hns: {major: 9, minor: 5}},
  {build: 20348, hns: {major: 13, minor: 3}},
  {build: 26100, hns: {major: 15, minor: 4}},
  {build: 26100, hns: {major: 16, minor: 0}},
] as const;

const node: fc.Arbitrary<NodePlan> = fc
  .record({
    system: fc.constantFrom(...SYSTEMS),
    finished: fc.boolean(),
    upper: fc.boolean(),
    sctp: fc.boolean(),
    followed: fc.boolean(),
  })
  .map(({system: {build, hns}, ...rest}) => ({build, hns: {...hns}, ...rest}));

const backend: fc.Arbitrary<BackendPlan> = fc.record({
  node: fc.nat(3),
  state: fc.constantFrom(...POD_STATES),
  hostNetwork: fc.integer({min: 0, max: 7}).map(n => n === 0),
  dns: fc.constantFrom(...DNS_KINDS),
});

const service: fc.Arbitrary<ServicePlan> = fc
  .record({
    kind: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', ...SERVICE_KINDS),
    backends: fc.array(backend, {maxLength: 5}),
    ports: fc.array(
      fc.record({protocol: fc.constantFrom('TCP', 'TCP', 'TCP', 'UDP', 'UDP', 'SCTP'), named: fc.boolean()}),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    affinity: fc.boolean(),
    internalLocal: fc.integer({min: 0, max: 3}).map(n => n === 0),
    externalLocal: fc.boolean(),
    externalIps: fc.nat(2),
    ingress: fc.constantFrom('ip', 'ip', 'two', 'proxied', 'mixed', 'hostname', 'pending'),
    sharesIngress: fc.boolean(),
    fades: fc.integer({min: 0, max: 3}).map(n => n === 0),
    preserveDestination: fc.boolean(),
    slices: fc.integer({min: 1, max: 3}),
    overlap: fc.boolean(),
    dual: fc.boolean(),
  })
  .map(({fades, ...plan}) => withOneThatServes(fades ? faded(plan) : plan));

/** A Service none of whose pods stays. */
function faded(plan: ServicePlan): ServicePlan {
  const backends = plan.backends.map(b => ({
    ...b,
    state: b.state === 'ready' ? ('ending' as const) : b.state,
  }));
  return {...plan, backends};
}

/** A Service over Windows pods of which none serves is a fault of its own, and not one of HNS. */
function withOneThatServes(plan: ServicePlan): ServicePlan {
  const [first, ...rest] = plan.backends;
  if (!first || plan.backends.some(b => b.state === 'ready' || b.state === 'ending')) return plan;
  return {...plan, backends: [{...first, state: 'ready'}, ...rest]};
}

/** Plans of clusters in order. */
export const clusterPlans: fc.Arbitrary<ClusterPlan> = fc
  .record({
    cni: fc.constantFrom(...CNI_KINDS),
    proxy: fc.record({
      dsr: fc.boolean(),
      forwardHealthCheck: fc.boolean(),
      told: fc.constantFrom('flags', 'flags', 'config-map'),
      old: fc.boolean(),
      terminating: fc.boolean(),
    }),
    dualStack: fc.boolean(),
    nodes: fc.array(node, {minLength: 1, maxLength: 3}),
    services: fc.array(service, {maxLength: 6}),
    oneIngress: fc.integer({min: 0, max: 3}).map(n => n === 0),
    idlePods: fc.nat(2),
  })
  .map(({oneIngress, ...plan}) => fitted(oneIngress ? behindOneAddress(plan) : plan));

/** Every Service behind one ingress address, as clouds do it where it is asked for. */
function behindOneAddress(plan: ClusterPlan): ClusterPlan {
  const shared = {kind: 'LoadBalancer', ingress: 'ip', sharesIngress: true} as const;
  const proxy = {...plan.proxy, forwardHealthCheck: true};
  return {...plan, proxy, services: plan.services.map(service => ({...service, ...shared}))};
}

/** What the oldest HNS of a cluster cannot do is not asked of it. */
function fitted(plan: ClusterPlan): ClusterPlan {
  const oldest = plan.nodes.map(n => n.hns.major * 100 + n.hns.minor).reduce((a, b) => Math.min(a, b));
  return {
    ...plan,
    dualStack: plan.dualStack && oldest >= 1110,
    proxy: {...plan.proxy, dsr: plan.proxy.dsr && oldest >= 903},
  };
}
