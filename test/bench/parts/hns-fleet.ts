import type {ClusterPlan, ServicePlan} from '../../helpers/winkernel/plan.ts';

const BASE: ServicePlan = {
  kind: 'ClusterIP',
  backends: [{node: 0, state: 'ready', hostNetwork: false, dns: 'cluster'}],
  ports: [{protocol: 'TCP', named: false}],
  affinity: false,
  internalLocal: false,
  externalLocal: false,
  externalIps: 0,
  ingress: 'ip',
  sharesIngress: false,
  preserveDestination: false,
  slices: 1,
  overlap: false,
  dual: false,
};

const ports = (count: number): ServicePlan['ports'] =>
  Array.from({length: count}, () => ({protocol: 'TCP', named: false}));
const [backend] = BASE.backends;
const backends = (count: number): ServicePlan['backends'] =>
  Array.from({length: count}, () => ({
    node: 0,
    state: 'ready',
    hostNetwork: false,
    dns: 'cluster',
    ...backend,
  }));

/**
 * A cluster on AKS with so many Windows nodes, each with 550 load balancers and 110 endpoints: 60 Services of three ports,
 * each port with a cluster address, a node port and an ingress address, and a few plain ones; so many pods of its own.
 */
export function fleetPlan(nodes: number, pods: number): ClusterPlan {
  return {
    ...clusterOf(nodes),
    services: [
      ...Array.from({length: 60}, (_, i): ServicePlan => ({
        ...BASE,
        kind: 'LoadBalancer',
        ports: ports(3),
        backends: backends(i < 14 ? 2 : 1),
      })),
      {...BASE, ports: ports(3)},
      {...BASE, ports: ports(2)},
      {...BASE, ports: ports(2)},
    ],
    idlePods: pods,
  };
}

/** A cluster with one Windows node and so many Services. */
export function manyServicesPlan(services: number): ClusterPlan {
  return {...clusterOf(1), services: Array.from({length: services}, () => BASE), idlePods: 30};
}

function clusterOf(nodes: number): ClusterPlan {
  return {
    cni: 'azure',
    proxy: {dsr: true, forwardHealthCheck: false, told: 'flags', old: false, terminating: true},
    dualStack: false,
    nodes: Array.from({length: nodes}, () => ({
      build: 20348,
      hns: {major: 13, minor: 3},
      finished: false,
      upper: false,
      sctp: false,
      followed: false,
    })),
    services: [],
    idlePods: 0,
  };
}
