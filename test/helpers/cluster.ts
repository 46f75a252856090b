import type {ResourceKey} from '../../src/kube/resources.ts';
import {RESOURCES, resourceOfKind} from '../../src/kube/resources.ts';
import {NodeIntake} from '../../src/node/intake.ts';
import {SnapshotAssembler} from '../../src/snapshot/assemble.ts';
import type {Evidence, Missing} from '../../src/snapshot/evidence.ts';
import {collected, missing} from '../../src/snapshot/evidence.ts';
import type {EvidenceKey, EvidenceMap, Snapshot} from '../../src/snapshot/snapshot.ts';
import {healthyNode} from './healthy-node.ts';
import type {TestNode} from './node-files.ts';
import type {Json, Raw} from './raw.ts';
import {hostProcessPodSpec, linuxPodSpec, windowsPodSpec, workload} from './raw-pods.ts';
import {lease, linuxNode, windowsNode} from './raw-nodes.ts';
import {NOW, namespace, service} from './raw.ts';

/** A cluster of raw API objects to change one thing in; `snapshot()` reads it as the tool reads a real one. */
export class TestCluster {
  readonly #objects: Raw[];
  readonly #missing = new Map<EvidenceKey, Missing>();
  readonly #partial = new Map<ResourceKey, Missing>();
  readonly #set: [EvidenceKey, Evidence<Json>][] = [];
  readonly #agents = new Map<string, TestNode>();
  #now = NOW;
  #version = 'v1.35.4';

  constructor(objects: Raw[]) {
    this.#objects = structuredClone(objects);
  }

  /** All objects, as they stand now. */
  get objects(): Raw[] {
    return structuredClone(this.#objects);
  }

  add(...objects: Raw[]): this {
    this.#objects.push(...structuredClone(objects));
    return this;
  }

  /** Changes one object in place. `name` is `name` or `namespace/name`. */
  change(kind: string, name: string, edit: (object: Json) => void): this {
    edit(this.get(kind, name));
    return this;
  }

  /** Changes every object of a kind. */
  changeAll(kind: string, edit: (object: Json) => void): this {
    for (const object of this.#objects) if (object.kind === kind) edit(object);
    return this;
  }

  /** Changes a workload's template and the specs of its pods alike, as a roll-out would. `name`: `namespace/name`. */
  changeSpec(kind: string, name: string, edit: (spec: Json) => void): this {
    const owner = this.get(kind, name);
    edit(owner['spec'].template.spec);
    for (const object of this.#objects) {
      const ours =
        object.metadata.namespace === owner.metadata.namespace &&
        object.metadata['labels']?.app === owner.metadata.name;
      if (ours && object.kind === 'Pod') edit(object['spec']);
      if (ours && object.kind === 'ReplicaSet') edit(object['spec'].template.spec);
    }
    return this;
  }

  remove(kind: string, name: string): this {
    this.#objects.splice(this.#objects.indexOf(this.get(kind, name)), 1);
    return this;
  }

  removeAll(kind: string): this {
    for (const object of this.#objects.filter(o => o.kind === kind)) {
      this.#objects.splice(this.#objects.indexOf(object), 1);
    }
    return this;
  }

  get(kind: string, name: string): Raw {
    const [a = '', b] = name.split('/');
    const found = this.#objects.find(
      o => o.kind === kind && o.metadata.name === (b ?? a) && (b === undefined || o.metadata.namespace === a),
    );
    if (!found) throw new Error(`the test cluster has no ${kind} ${name}`);
    return found;
  }

  /** Gives nodes agents; what they do not send is missing. */
  agents(...nodes: TestNode[]): this {
    for (const node of nodes) this.#agents.set(node.name, node);
    return this;
  }

  /** Changes what the agent of a node sends. */
  onNode(name: string, edit: (node: TestNode) => void): this {
    const node = this.#agents.get(name);
    if (!node) throw new Error(`the test cluster has no agent on ${name}`);
    edit(node);
    return this;
  }

  /** The agents of the nodes. */
  get nodes(): ReadonlyMap<string, TestNode> {
    return this.#agents;
  }

  /** Evidence that could not be had. */
  without(key: EvidenceKey, reason: Missing['reason'] = 'denied', detail = `no right to list ${key}`): this {
    this.#missing.set(key, missing(reason, detail));
    return this;
  }

  /** Evidence of which only a part arrived. */
  partly(
    key: ResourceKey,
    reason: Missing['reason'] = 'failed',
    detail = `the list of ${key} was cut`,
  ): this {
    this.#partial.set(key, missing(reason, detail));
    return this;
  }

  /** Evidence that is no list of API objects. */
  with<K extends EvidenceKey>(key: K, value: EvidenceMap[K]): this {
    this.#set.push([key, collected(value)]);
    return this;
  }

  at(now: string): this {
    this.#now = now;
    return this;
  }

  version(gitVersion: string): this {
    this.#version = gitVersion;
    return this;
  }

  snapshot(kind: Snapshot['source']['kind'] = 'cluster'): Snapshot {
    const assembler = new SnapshotAssembler();
    assembler.set('version', collected({gitVersion: this.#version}));
    for (const {key} of RESOURCES) assembler.add(key, []);
    for (const object of structuredClone(this.#objects)) {
      const resource = resourceOfKind(object.apiVersion, object.kind);
      if (!resource) throw new Error(`the tool reads no ${object.apiVersion} ${object.kind}`);
      assembler.add(resource.key, [object]);
    }
    for (const [key, gap] of this.#partial) assembler.miss(key, gap);
    const intake = new NodeIntake();
    for (const node of this.#agents.values()) node.sendTo(intake);
    intake.into(assembler);
    for (const [key, evidence] of this.#set) assembler.set(key, evidence);
    const built = assembler.build({kind, name: 'test', collectedAt: this.#now}, this.#now);
    if (this.#missing.size === 0) return built;
    return {...built, evidence: {...built.evidence, ...Object.fromEntries(this.#missing)}};
  }
}

/**
 * A kubeadm cluster in order: one Linux and two Windows Server 2022 nodes, flannel, CoreDNS, and `shop/web`, an IIS
 * Deployment with one pod on each Windows node (`web-0` on `win-1`, `web-1` on `win-2`) behind a Service.
 */
export function healthy(): TestCluster {
  const dns = workload('Deployment', {namespace: 'kube-system', name: 'coredns'}, linuxPodSpec(), [
    'linux-0',
    'linux-0',
  ]);
  const web = workload('Deployment', {namespace: 'shop', name: 'web'}, windowsPodSpec(), ['win-1', 'win-2']);
  return new TestCluster([
    ...['default', 'kube-system', 'kube-node-lease', 'shop'].map(name => namespace(name)),
    namespace('kube-flannel', {'pod-security.kubernetes.io/enforce': 'privileged'}),
    linuxNode('linux-0', 0),
    windowsNode('win-1', 1),
    windowsNode('win-2', 2),
    ...['linux-0', 'win-1', 'win-2'].map(lease),
    ...dns,
    ...dnsService(dns.filter(isPod)),
    ...workload(
      'DaemonSet',
      {namespace: 'kube-system', name: 'kube-proxy-windows'},
      hostProcessPodSpec('sigwindowstools/kube-proxy:v1.35.4-calico-hostprocess'),
      ['win-1', 'win-2'],
    ),
    ...workload(
      'DaemonSet',
      {namespace: 'kube-flannel', name: 'kube-flannel-ds-windows-amd64'},
      hostProcessPodSpec('sigwindowstools/flannel:v0.27.0-hostprocess'),
      ['win-1', 'win-2'],
    ),
    flannelConfig(),
    ...web,
    ...service({namespace: 'shop', name: 'web'}, '10.96.30.1', 80, web.filter(isPod)),
    {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: {name: 'windows-2022'},
      handler: 'runhcs-wcow-process',
      scheduling: {
        nodeSelector: {'kubernetes.io/os': 'windows', 'node.kubernetes.io/windows-build': '10.0.20348'},
        tolerations: [{key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule'}],
      },
    },
  ]);
}

/** The healthy cluster with an agent on each of its Windows nodes. */
export function healthyWithAgents(): TestCluster {
  return healthy().agents(healthyNode('win-1'), healthyNode('win-2'));
}

/** CoreDNS answers by both protocols. */
function dnsService(pods: Raw[]): Raw[] {
  const objects = service({namespace: 'kube-system', name: 'kube-dns'}, '10.96.0.10', 53, pods);
  const [dns, slice] = objects;
  dns?.['spec'].ports.push({name: 'dns', port: 53, targetPort: 53, protocol: 'UDP'});
  slice?.['ports'].push({name: 'dns', port: 53, protocol: 'UDP'});
  return objects;
}

function isPod(object: Raw): boolean {
  return object.kind === 'Pod';
}

function flannelConfig(): Raw {
  const network = {Network: '10.244.0.0/16', Backend: {Type: 'vxlan', VNI: 4096, Port: 4789}};
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {name: 'kube-flannel-cfg', namespace: 'kube-flannel'},
    data: {'net-conf.json': JSON.stringify(network)},
  };
}
