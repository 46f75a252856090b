import {isRecord} from '../../kube/shape.ts';
import type {NameList} from './names.ts';

/** Namespaces of Kubernetes and of what is installed into it: what they hold is named by its makers. */
const SYSTEM =
  /^(?:kube-.*|calico-.*|tigera-.*|gmp-.*|gke-.*|amazon-.*|aws-.*|azure-.*|cattle-.*|openshift|openshift-.*|istio-system|cert-manager|gatekeeper-system|kubectl-win)$/;

/** Kinds whose names are replaced. */
const NAMED: ReadonlySet<string> = new Set([
  'services',
  'deployments',
  'replicaSets',
  'statefulSets',
  'daemonSets',
  'jobs',
  'cronJobs',
  'pods',
]);

/** Most names that are kept: a cluster with more has no room for them on its nodes either. */
const MAX_NAMES = 200_000;

/** Gathers the names of a cluster's objects, object by object, in any order. */
export class NameBook {
  readonly #hosts = new Set<string>();
  readonly #objects = new Set<string>();
  /** Named after what they come from, mostly. */
  readonly #derived = new Set<string>();

  /** Takes note of an object of a kind, by the key of its evidence. */
  add(key: string, object: unknown): void {
    if (!isRecord(object) || !isRecord(object['metadata'])) return;
    const {metadata} = object;
    const [name, namespace] = [textOf(metadata['name']), textOf(metadata['namespace'])];
    if (namespace !== '') this.#namespace(namespace);
    const spec = isRecord(object['spec']) ? object['spec'] : {};
    if (key === 'pods') this.#keep(this.#hosts, textOf(spec['nodeName']));
    if (key === 'nodes') this.#node(name, object);
    else if (key === 'csiNodes' || (key === 'leases' && namespace === 'kube-node-lease'))
      this.#keep(this.#hosts, name);
    else if (key === 'endpointSlices') this.#slice(object, metadata);
    else if (key === 'namespaces') this.#namespace(name);
    else if (key === 'events') this.#event(object);
    else if (NAMED.has(key)) {
      if (isSystem(namespace)) return;
      const owners = Array.isArray(metadata['ownerReferences']) ? metadata['ownerReferences'] : [];
      this.#keep(owners.length > 0 ? this.#derived : this.#objects, name);
      for (const owner of owners) this.#owner(owner, metadata);
    }
  }

  /** A host that is no node: the API server's, for one. */
  addHost(name: string): void {
    this.#keep(this.#hosts, name);
  }

  /** What there is by now. Names that begin with another one's, as those of pods do, are left out: they are replaced with it. */
  list(): NameList {
    const objects = [...this.#objects, ...[...this.#derived].filter(name => !this.#hasBase(name))];
    return {hosts: [...this.#hosts].sort(), objects: [...new Set(objects)].sort()};
  }

  /** Whether what comes before one of its hyphens is a name. */
  #hasBase(name: string): boolean {
    for (let at = name.lastIndexOf('-'); at > 0; at = name.lastIndexOf('-', at - 1))
      if (this.#objects.has(name.slice(0, at)) || this.#derived.has(name.slice(0, at))) return true;
    return false;
  }

  #node(name: string, node: Record<string, unknown>): void {
    this.#keep(this.#hosts, name);
    const {status, metadata} = node;
    const addresses = isRecord(status) && Array.isArray(status['addresses']) ? status['addresses'] : [];
    for (const address of addresses) {
      if (!isRecord(address) || !/^(?:Hostname|\w+DNS)$/.test(textOf(address['type']))) continue;
      this.#keep(this.#hosts, textOf(address['address']));
    }
    const labels = isRecord(metadata) && isRecord(metadata['labels']) ? metadata['labels'] : {};
    this.#keep(this.#hosts, textOf(labels['kubernetes.io/hostname']));
  }

  #namespace(name: string): void {
    if (!isSystem(name)) this.#keep(this.#objects, name);
  }

  /** What a user who may list neither nodes nor Services sees of them. */
  #slice(slice: Record<string, unknown>, metadata: Record<string, unknown>): void {
    const labels = isRecord(metadata['labels']) ? metadata['labels'] : {};
    if (!isSystem(textOf(metadata['namespace'])))
      this.#keep(this.#objects, textOf(labels['kubernetes.io/service-name']));
    const endpoints = Array.isArray(slice['endpoints']) ? slice['endpoints'] : [];
    for (const endpoint of endpoints)
      if (isRecord(endpoint)) this.#keep(this.#hosts, textOf(endpoint['nodeName']));
  }

  /** What an event is about may be gone by now. */
  #event(event: Record<string, unknown>): void {
    const about = isRecord(event['involvedObject']) ? event['involvedObject'] : event['regarding'];
    if (!isRecord(about)) return;
    const [kind, name, namespace] = [about['kind'], about['name'], about['namespace']].map(textOf);
    if (kind === 'Node') this.#keep(this.#hosts, name ?? '');
    else if (kind === 'Pod' && !isSystem(namespace ?? '')) this.#keep(this.#derived, name ?? '');
  }

  /** A controller that may not be listed. */
  #owner(owner: unknown, metadata: Record<string, unknown>): void {
    if (!isRecord(owner) || owner['kind'] === 'Node') return;
    const name = textOf(owner['name']);
    const labels = isRecord(metadata['labels']) ? metadata['labels'] : {};
    const hash = textOf(labels['pod-template-hash']);
    const isHashed = hash !== '' && name.endsWith(`-${hash}`);
    this.#keep(this.#derived, isHashed ? name.slice(0, -hash.length - 1) : name);
  }

  #keep(into: Set<string>, name: string): void {
    if (name !== '' && into.size < MAX_NAMES) into.add(name);
  }
}

function isSystem(namespace: string): boolean {
  return SYSTEM.test(namespace);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
