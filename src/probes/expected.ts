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
  readonly #hosts: ReadonlyMap<string, readonly string[]>;
  readonly #services: ReadonlyMap<string, Service>;
  readonly #slices: ReturnType<typeof slicesByService>;

  constructor({policies, namespaces, nodes, pods, services, slices}: PolicyFacts) {
    this.#policies = new NetworkPolicies(policies, namespaces);
    this.#isEmpty = policies.length === 0;
    this.#pods = new Map(pods.map(p => [nameOf(p), p]));
    this.#byAddress = new Map(
      pods.flatMap(p =>
        p.spec.hostNetwork ? [] : addressesOf(p).map(address => [ipKey(address), p] as const),
      ),
    );
    this.#hosts = new Map(
      nodes.map(n => [
        n.metadata.name,
        (n.status.addresses ?? []).flatMap(a => (a.type === 'InternalIP' ? a.address : [])),
      ]),
    );
    this.#services = new Map(services.map(s => [nameOf(s), s]));
    this.#slices = slicesByService(slices);
  }

  /**
   * `namespace/name` of a policy that forbids what a probe does, or where it goes to one of several backends, what it may do;
   * undefined where it may be.
   */
  forbiddenBy({from, to, protocol}: Probe): string | undefined {
    if (this.#isEmpty) return undefined;
    const pod = from.pod && this.#pods.get(`${from.pod.namespace}/${from.pod.name}`);
    const begin: PolicyEnd = pod
      ? {pod, address: ofFamily(addressesOf(pod), to.host)}
      : {address: ofFamily(this.#hosts.get(from.node) ?? [], to.host)};
    const by = this.#endsOf(to).map(({end, port}) => {
      const flow: Flow = {from: begin, to: end, port, protocol: protocol === 'dns-udp' ? 'UDP' : 'TCP'};
      return this.#policies.forbidding(flow)[0];
    });
    const first = by.find(p => p !== undefined);
    return first && nameOf(first);
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

function addressesOf({status: {podIP, podIPs = []}}: Pod): string[] {
  return podIPs.length > 0 ? podIPs.map(({ip}) => ip) : podIP === undefined ? [] : [podIP];
}

/** The address of the family that a connection is of. */
function ofFamily(addresses: readonly string[], host: string): string {
  return addresses.find(a => a.includes(':') === host.includes(':')) ?? addresses[0] ?? '';
}

function nameOf({metadata: {namespace = '', name}}: Pod | Service | NetworkPolicy): string {
  return `${namespace}/${name}`;
}
