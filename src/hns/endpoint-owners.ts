import type {Pod, Service} from '../kube/types.ts';
import type {CriContainer, Sandbox} from '../node/sandboxes.ts';
import type {HnsEndpoint, HnsNamespace} from './model.ts';
import type {PodIndex} from './pods-by-address.ts';
import {podsByAddress} from './pods-by-address.ts';

/** What the objects of HNS on one node are joined with. What is not known is left out: fewer joins are then found. */
export interface JoinInput {
  readonly nodeName: string;
  readonly sandboxes?: readonly Sandbox[];
  readonly containers?: readonly CriContainer[];
  /** Pods of the whole cluster: remote endpoints stand for pods elsewhere. */
  readonly pods?: readonly Pod[];
  readonly services?: readonly Service[];
}

/**
 * By what an endpoint was matched, in the order tried: its namespace is the sandbox's, the sandbox shares it, its name is made
 * of the sandbox's id, HNS was told the pod's name, its address is the pod's.
 */
export type EndpointMatch = 'namespace' | 'container' | 'name' | 'owner' | 'address';

interface Owner {
  sandbox?: Sandbox;
  pod?: Pod;
  by?: EndpointMatch;
}

/** Docker and HNS itself shorten ids of containers to this many digits. */
const SHORT_ID = 12;
/** Azure's plug-in shortens them to this many (`<id>-eth0`). */
const AZURE_ID = 8;

/** Finds what endpoints of one node belong to. Each way of matching is a look-up: a node may have thousands of endpoints. */
export class OwnersOfEndpoints {
  readonly #pods: PodIndex;
  readonly #nodeName: string;
  /** Namespaces by GUID, and by the GUIDs of endpoints that they list. */
  readonly #namespaces = new Map<string, HnsNamespace>();
  readonly #listing = new Map<string, HnsNamespace>();
  readonly #byNetns = new Map<string, Sandbox>();
  /** By id, and by what HNS and plug-ins leave of it. */
  readonly #byId = new Map<string, Sandbox>();
  readonly #byContainer = new Map<string, Sandbox>();

  constructor(
    namespaces: readonly HnsNamespace[],
    {nodeName, sandboxes = [], containers = [], pods = []}: JoinInput,
  ) {
    this.#pods = podsByAddress(pods);
    this.#nodeName = nodeName;
    for (const namespace of namespaces) {
      this.#namespaces.set(namespace.id, namespace);
      for (const id of namespace.endpoints) this.#listing.set(id, namespace);
    }
    // Of several sandboxes of one pod the one that is ready counts: it comes last.
    for (const sandbox of [...sandboxes].sort((a, b) => Number(a.ready) - Number(b.ready))) {
      if (sandbox.netns !== undefined) this.#byNetns.set(sandbox.netns, sandbox);
      for (const length of [sandbox.id.length, SHORT_ID, AZURE_ID])
        this.#byId.set(sandbox.id.slice(0, length).toLowerCase(), sandbox);
    }
    for (const {id, podSandboxId} of containers) {
      const sandbox = this.#byId.get(podSandboxId.toLowerCase());
      if (!sandbox) continue;
      for (const length of [id.length, SHORT_ID])
        this.#byContainer.set(id.slice(0, length).toLowerCase(), sandbox);
    }
  }

  /** The namespace that an endpoint names, or that names the endpoint. */
  namespaceOf({id, namespace}: HnsEndpoint): HnsNamespace | undefined {
    return (namespace === undefined ? undefined : this.#namespaces.get(namespace)) ?? this.#listing.get(id);
  }

  /** The sandbox and pod of an endpoint. */
  of(endpoint: HnsEndpoint, namespace: HnsNamespace | undefined): Owner {
    if (endpoint.remote) return this.#atAddress(endpoint);
    const guid = endpoint.namespace ?? namespace?.id;
    const byNetns = guid === undefined ? undefined : this.#byNetns.get(guid);
    if (byNetns) return this.#ofSandbox(byNetns, 'namespace');
    for (const id of [...(endpoint.sharedContainers ?? []), ...(namespace?.containers ?? [])]) {
      const found = this.#byId.get(id.toLowerCase()) ?? this.#byContainer.get(id.toLowerCase());
      if (found) return this.#ofSandbox(found, 'container');
    }
    const byName = this.#named(endpoint.name);
    if (byName) return this.#ofSandbox(byName, 'name');
    return this.#told(endpoint) ?? this.#atAddress(endpoint);
  }

  /** By the names that plug-ins make of a sandbox's id or of its namespace's GUID. */
  #named(name: string): Sandbox | undefined {
    const [, id] = NAMES.map(pattern => pattern.exec(name)).find(match => match !== null) ?? [];
    if (id === undefined) return undefined;
    return this.#byId.get(id.toLowerCase()) ?? this.#byNetns.get(id.toLowerCase());
  }

  /** By what a plug-in told HNS of the pod. */
  #told({owner}: HnsEndpoint): Owner | undefined {
    if (owner === undefined) return undefined;
    const sandbox = owner.container === undefined ? undefined : this.#byId.get(owner.container.toLowerCase());
    if (sandbox) return this.#ofSandbox(sandbox, 'owner');
    const pod = this.#pods.named(owner.namespace ?? '', owner.pod ?? '');
    return pod && {pod, by: 'owner'};
  }

  #atAddress({ips, remote}: HnsEndpoint): Owner {
    for (const ip of ips) {
      const pod = this.#pods.at(ip);
      if (pod && (remote || pod.nodeName === this.#nodeName)) return {pod, by: 'address'};
    }
    return {};
  }

  #ofSandbox(sandbox: Sandbox, by: EndpointMatch): Owner {
    const pod = this.#pods.named(sandbox.namespace, sandbox.name);
    // A pod of the same name may be another one by now, as those of StatefulSets are.
    const same = pod && (sandbox.uid === '' || (pod.metadata.uid ?? sandbox.uid) === sandbox.uid);
    return {sandbox, by, ...(same && {pod})};
  }
}

/**
 * Names of endpoints by plug-in: `<sandbox>_<network>` of win-bridge, win-overlay, Calico and flannel; `<sandbox, 8 digits>-eth0` of
 * Azure; `cid-<sandbox or namespace>` of AWS.
 */
const NAMES: readonly RegExp[] = [
  /^([\da-f]{64})_/i,
  /^([\da-f]{8})-eth\d+$/i,
  /^cid-([\da-f]{64}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i,
];
