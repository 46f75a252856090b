import type {Flow, PolicyEnd} from '../kube/network-policy.ts';
import {NetworkPolicies} from '../kube/network-policy.ts';
import {slicesByService, slicesOf, usableEndpoints} from '../kube/services.ts';
import {ipKey} from '../kube/ip.ts';
import type {EndpointSlice, Namespace, NetworkPolicy, Node, Pod, Service} from '../kube/types.ts';
import type {Probe, Target} from './types.ts';

/** What tells which connections policies forbid. */
export interface PolicyFacts {
  readonly policies: readonly NetworkPolicy[];
  readonly namespaces: readonly Namespace[];
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
}

/** Says of probes which NetworkPolicy forbids them: their failure is expected. */
export class Expectations {
  readonly #policies: NetworkPolicies;
  readonly #isEmpty: boolean;
  readonly #pods: ReadonlyMap<string, Pod>;
  readonly #byAddress: ReadonlyMap<string, Pod>;
  readonly #hosts: ReadonlyMap<string, string>;
  readonly #services: ReadonlyMap<string, Service>;
  readonly #slices: ReturnType<typeof slicesByService>;

  constructor({policies, namespaces, nodes, pods, services, slices}: PolicyFacts) {
    this.#policies = new NetworkPolicies(policies, namespaces);
    this.#isEmpty = policies.length === 0;
    this.#pods = new Map(pods.map(p => [nameOf(p), p]));
    this.#byAddress = new Map(
      pods.flatMap(p =>
        p.status.podIP === undefined || p.spec.hostNetwork ? [] : [[ipKey(p.status.podIP), p]],
      ),
    );
    this.#hosts = new Map(
      nodes.map(n => [
        n.metadata.name,
        n.status.addresses?.find(a => a.type === 'InternalIP')?.address ?? '',
      ]),
    );
    this.#services = new Map(services.map(s => [nameOf(s), s]));
    this.#slices = slicesByService(slices);
  }

  /** `namespace/name` of a policy that forbids what a probe does, wherever it may end; undefined where it may be. */
  forbiddenBy({from, to, protocol}: Probe): string | undefined {
    if (this.#isEmpty) return undefined;
    const pod = from.pod && this.#pods.get(`${from.pod.namespace}/${from.pod.name}`);
    const begin: PolicyEnd = pod
      ? {pod, address: pod.status.podIP ?? ''}
      : {address: this.#hosts.get(from.node) ?? ''};
    const by = this.#endsOf(to).map(({end, port}) => {
      const flow: Flow = {from: begin, to: end, port, protocol: protocol === 'dns-udp' ? 'UDP' : 'TCP'};
      return this.#policies.forbidding(flow)[0];
    });
    const [first] = by;
    return first && by.every(p => p !== undefined) ? nameOf(first) : undefined;
  }

  /** Where a connection may end: a virtual IP leads to any of its backends. */
  #endsOf(to: Target): {end: PolicyEnd; port: number}[] {
    const service = this.#services.get(`${to.of.namespace ?? ''}/${to.of.name}`);
    if (to.of.kind !== 'Service' || !service) return [{end: this.#end(to.host), port: to.port}];
    const isNodePort = to.node !== undefined;
    const wanted = service.spec.ports?.find(p => (isNodePort ? p.nodePort : p.port) === to.port);
    return slicesOf(service, this.#slices).flatMap(slice => {
      const port = slice.ports?.find(p => (p.name ?? '') === (wanted?.name ?? ''))?.port;
      if (port === undefined) return [];
      return usableEndpoints([slice]).flatMap(({addresses: [host] = []}) =>
        host === undefined ? [] : [{end: this.#end(host), port}],
      );
    });
  }

  #end(address: string): PolicyEnd {
    const pod = this.#byAddress.get(ipKey(address));
    return pod ? {pod, address} : {address};
  }
}

function nameOf({metadata: {namespace = '', name}}: Pod | Service | NetworkPolicy): string {
  return `${namespace}/${name}`;
}
