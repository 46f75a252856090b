import {namespace} from '../helpers/raw.ts';
import {pod, workload} from '../helpers/raw-pods.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import {fleetOf, taintOf} from './fleet.ts';
import type {Build, Plan} from './plan.ts';

/** A cluster while it is built: nodes and objects, and what workloads must say to get to their nodes. */
export class World {
  readonly plan: Plan;
  readonly nodes: Raw[];
  readonly objects: Raw[];
  readonly #namespaces = new Set<string>();
  #turn = 0;

  constructor(plan: Plan) {
    this.plan = plan;
    const {nodes, objects} = fleetOf(plan);
    this.nodes = nodes;
    this.objects = objects;
    for (const name of ['default', 'kube-system', 'kube-node-lease', 'kube-public']) this.namespace(name);
  }

  /** Builds of the Windows nodes there are. */
  get builds(): Build[] {
    const known = new Set(this.on('windows').map(n => buildOf(n)));
    return [...known];
  }

  namespace(name: string, labels: Record<string, string> = {}, annotations?: Record<string, string>): void {
    if (this.#namespaces.has(name)) return;
    this.#namespaces.add(name);
    const made = namespace(name, labels);
    if (annotations) made.metadata['annotations'] = annotations;
    this.objects.push(made, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {name: 'default', namespace: name},
    });
  }

  add(...objects: Raw[]): void {
    this.objects.push(...objects);
  }

  on(os: 'linux' | 'windows'): Raw[] {
    return this.nodes.filter(n => n.metadata['labels']['kubernetes.io/os'] === os);
  }

  /** Names of so many nodes of an OS and build that take new pods, one after the other. */
  place(os: 'linux' | 'windows', count: number, build?: Build): string[] {
    const open = this.on(os).filter(n => {
      const control = 'node-role.kubernetes.io/control-plane' in n.metadata['labels'];
      return !n['spec'].unschedulable && !control && (build === undefined || buildOf(n) === build);
    });
    return Array.from({length: count}, () => open[this.#turn++ % open.length]?.metadata.name ?? '');
  }

  /** A DaemonSet with a pod on every node of an OS. */
  daemon(os: 'linux' | 'windows', at: {namespace: string; name: string}, spec: Json): Raw[] {
    const nodes = this.on(os).map(n => n.metadata.name);
    const made = workload('DaemonSet', at, spec, nodes);
    this.add(...made);
    return made;
  }

  /** The toleration that Windows pods need here. */
  get toleration(): Json {
    const {key, value, effect} = taintOf(this.plan.provider);
    return {key, operator: 'Equal', value, effect};
  }

  /** Static pods of the control plane, as their kubelet mirrors them. */
  mirror(name: string, node: Raw, image: string): void {
    const spec = {
      hostNetwork: true,
      priorityClassName: 'system-node-critical',
      tolerations: [{effect: 'NoExecute', operator: 'Exists'}],
      containers: [{name, image, command: [name], resources: {requests: {cpu: '100m'}}}],
    };
    const made: Json = pod(
      {namespace: 'kube-system', name: `${name}-${node.metadata.name}`},
      spec,
      node.metadata.name,
    );
    Object.assign(made.metadata, {
      annotations: {'kubernetes.io/config.mirror': 'abc', 'kubernetes.io/config.source': 'file'},
      labels: {component: name, tier: 'control-plane'},
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'Node',
          name: node.metadata.name,
          uid: node.metadata['uid'],
          controller: true,
        },
      ],
    });
    this.add(made);
  }
}

/** The build that a Windows node says it has. */
export function buildOf(node: Raw): Build {
  const text = String(node.metadata['labels']['node.kubernetes.io/windows-build'] ?? '');
  if (text.endsWith('17763')) return 17763;
  return text.endsWith('26100') ? 26100 : 20348;
}
