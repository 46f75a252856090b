import * as fc from 'fast-check';
import type {TestCluster} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {clusterOf} from '../build.ts';
import type {Plan, Program} from '../plan.ts';
import {plans} from '../plan.ts';

/** A random cluster in order with a Windows workload of two pods to put a fault into. */
export interface Patient {
  plan: Plan;
  cluster: TestCluster;
  namespace: string;
  name: string;
  /** `Deployment/namespace/name`. */
  workload: string;
  /** Names of nodes that its pods sit on. */
  nodes: string[];
}

/** One fault: the check that must find it as a root cause, and how it is put into a cluster. */
export interface Fault {
  id: string;
  fault: string;
  /** Puts the fault in and names its subject; nothing where this cluster cannot have it. */
  inject: (patient: Patient) => string | undefined;
  /** Other root causes that are as true: the fault shows in them, too. */
  also?: readonly string[];
}

/** Server 2022: every provider runs it under every version. */
const POOL: Plan['pools'][number] = {build: 20348, size: 2, cordoned: false, joining: false};

const TARGET: Program = {
  kind: 'deployment',
  windows: true,
  build: 0,
  replicas: 2,
  pin: 'selector',
  image: 0,
  front: 'cluster',
  limitRange: false,
  gmsa: false,
  history: 'none',
};

/** Plans of clusters with a patient. */
export const patientPlans: fc.Arbitrary<Plan> = plans.map(base => ({
  ...base,
  pools: [POOL, ...base.pools.filter(p => p.build !== POOL.build)],
  programs: [...base.programs, TARGET],
}));

/** The cluster of such a plan. */
export function patientOf(plan: Plan): Patient {
  const index = plan.programs.length - 1;
  const namespace = `team-${index % 3}`;
  const name = `app-${index}`;
  const cluster = clusterOf(plan);
  const nodes = podsOf(cluster, namespace, name).map(p => String(p.spec.nodeName));
  return {
    plan,
    cluster,
    namespace,
    name,
    workload: `Deployment/${namespace}/${name}`,
    nodes: [...new Set(nodes)],
  };
}

/** The pods of a workload as they stand in the cluster: what is changed here is changed there. */
export function podsOf(cluster: TestCluster, namespace: string, name: string): Json[] {
  const pods: Json[] = [];
  cluster.changeAll('Pod', p => {
    if (p.metadata.namespace === namespace && p.metadata.labels?.app === name) pods.push(p);
  });
  return pods;
}

/** Changes the specification of the patient's workload and of its pods. */
export function respec(patient: Patient, edit: (spec: Json) => void): string {
  patient.cluster.changeSpec('Deployment', `${patient.namespace}/${patient.name}`, edit);
  return patient.workload;
}

/** Makes the pods of the patient sick, and leaves its Service without a ready endpoint. */
export function sicken(patient: Patient, edit: (pod: Json) => void): string {
  const {cluster, namespace, name} = patient;
  for (const pod of podsOf(cluster, namespace, name)) {
    edit(pod);
    pod.metadata.creationTimestamp = '2026-09-01T10:00:00Z';
  }
  cluster.changeAll('EndpointSlice', slice => {
    if (slice.metadata.namespace !== namespace || slice.metadata.name !== `${name}-abcde`) return;
    for (const e of slice.endpoints) e.conditions = {ready: false, serving: false, terminating: false};
  });
  cluster.change('Deployment', `${namespace}/${name}`, d =>
    Object.assign(d.status, {readyReplicas: 0, availableReplicas: 0}),
  );
  return patient.workload;
}

/** Reports an event about every pod of the patient. */
export function told(patient: Patient, make: (pod: Json) => Json): void {
  for (const pod of podsOf(patient.cluster, patient.namespace, patient.name)) patient.cluster.add(make(pod));
}

/** Changes the first node that the patient's pods sit on. */
export function renode(patient: Patient, edit: (node: Json) => void): string {
  const [name = ''] = patient.nodes;
  patient.cluster.change('Node', name, edit);
  return `Node//${name}`;
}
