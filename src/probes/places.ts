import {isHypervisorHandler} from '../data/handlers.ts';
import {isClusterDns} from '../kube/cluster-dns.ts';
import {isNodeReady} from '../kube/node-conditions.ts';
import {osOfNode} from '../kube/os.ts';
import {hasPodNetwork, isReady, isTerminating} from '../kube/pods.ts';
import {slicesByService, slicesOf, usableEndpoints} from '../kube/services.ts';
import type {EndpointSlice, Node, Pod, RuntimeClass, Service} from '../kube/types.ts';
import type {AgentOs} from '../protocol/names.ts';
import {compareText} from '../text/compare.ts';
import {hashOf} from './draw.ts';
import type {Member} from './sample.ts';
import type {Target, Vantage} from './types.ts';

/** What a plan is made of. */
export interface Cluster {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly runtimeClasses: readonly RuntimeClass[];
}

/** A node that takes part: where connections start on it, and where they may go. */
export interface Place extends Member {
  readonly os: AgentOs;
  readonly address: string | undefined;
  readonly host: Vantage;
  /** The network of one pod, the same whenever the same pods run. */
  readonly pod: Vantage | undefined;
  /** Address of that pod. */
  readonly podAddress: string | undefined;
  /** Whether its resolver was given the suffixes of the cluster. */
  readonly completesNames: boolean;
  /** Ports that pods of the node serve. */
  readonly served: readonly Target[];
}

/** A Service that has an address and a pod that is ready. */
export interface ServedService {
  readonly service: Service;
  /** Its first address with its first TCP port. */
  readonly vip: Target;
  /** The same for each of its addresses, two where it is of both families, with the backends of that family. */
  readonly vips: readonly {readonly to: Target; readonly backends: readonly Target[]}[];
  readonly nodePort?: number;
  /** Of both families, where the Service is; in an order that is the same whatever lists them. */
  readonly backends: readonly Target[];
}

/** Whether two addresses are of one family; names are of either. */
export function isSameFamily(a: Target, b: Target): boolean {
  return a.host.includes(':') === b.host.includes(':');
}

const ZONE = 'topology.kubernetes.io/zone';

/** Nodes that are ready, of an operating system that agents run on. */
export function placesOf(cluster: Cluster, services: readonly ServedService[]): Place[] {
  const hypervisor = new Set(
    cluster.runtimeClasses.filter(c => isHypervisorHandler(c.handler)).map(c => c.metadata.name),
  );
  const pods = Map.groupBy(
    cluster.pods.filter(pod => isVantage(pod) && !hypervisor.has(pod.spec.runtimeClassName ?? '')),
    pod => pod.nodeName ?? '',
  );
  const served = Map.groupBy(
    services.flatMap(s => s.backends),
    target => target.node ?? '',
  );
  return cluster.nodes.flatMap(node => {
    const os = osOfNode(node);
    if (!os || !isNodeReady(node)) return [];
    const {name, labels} = node.metadata;
    const [pod] = (pods.get(name) ?? []).toSorted(
      (a, b) =>
        Number(hasClusterDns(b)) - Number(hasClusterDns(a)) || hashOf(podName(a)) - hashOf(podName(b)),
    );
    return [
      {
        name,
        groups: [os, ...(labels?.[ZONE] === undefined ? [] : [`zone ${labels[ZONE]}`])],
        os,
        address: node.status.addresses?.find(a => a.type === 'InternalIP')?.address,
        host: {node: name, os},
        pod: pod && {node: name, os, pod: podOf(pod)},
        podAddress: pod?.status.podIP,
        completesNames: pod !== undefined && hasClusterDns(pod),
        served: distinct(served.get(name) ?? []),
      },
    ];
  });
}

/** Services that something can be tried with, by namespace and name. */
export function servedServices({services, slices, nodes}: Cluster): ServedService[] {
  const byService = slicesByService(slices);
  const osByNode = new Map(nodes.map(n => [n.metadata.name, osOfNode(n)]));
  return services.flatMap(service => {
    const {clusterIP, clusterIPs, type, ports = []} = service.spec;
    const port = ports.find(p => (p.protocol ?? 'TCP') === 'TCP');
    if (!port || type === 'ExternalName' || !clusterIP || clusterIP === 'None') return [];
    const backends = backendsOf(slicesOf(service, byService), port.name ?? '', osByNode);
    const [first] = backends;
    if (!first) return [];
    const {namespace = '', name} = service.metadata;
    const of = {kind: 'Service', namespace, name};
    const vips = [...new Set([clusterIP, ...(clusterIPs ?? [])])].map(host => ({host, port: port.port, of}));
    return [
      {
        service,
        vip: {host: clusterIP, port: port.port, of},
        vips: vips.flatMap(to => {
          const own = backends.filter(b => isSameFamily(b, to));
          return own.length > 0 ? [{to, backends: own}] : [];
        }),
        ...(port.nodePort !== undefined && port.nodePort > 0 && {nodePort: port.nodePort}),
        backends,
      },
    ];
  });
}

/** `namespace/name` of Services without an address of their own whose names lead to pods that are ready. */
export function headlessServices({services, slices}: Cluster): {namespace: string; name: string}[] {
  const byService = slicesByService(slices);
  return services.flatMap(service => {
    const {namespace = '', name} = service.metadata;
    const isServed =
      service.spec.clusterIP === 'None' && usableEndpoints(slicesOf(service, byService)).length > 0;
    return isServed ? [{namespace, name}] : [];
  });
}

/** The Service of cluster DNS, where something answers for it. */
export function clusterDnsOf(services: readonly ServedService[]): ServedService | undefined {
  return services.find(({service}) => isClusterDns(service));
}

function backendsOf(
  slices: readonly EndpointSlice[],
  portName: string,
  osByNode: ReadonlyMap<string, AgentOs | undefined>,
): Target[] {
  const targets = slices.flatMap(slice => {
    const port = slice.ports?.find(p => (p.name ?? '') === portName && (p.protocol ?? 'TCP') === 'TCP')?.port;
    if (port === undefined) return [];
    return usableEndpoints([slice]).flatMap(({addresses: [host] = [], nodeName, targetRef}) => {
      if (host === undefined) return [];
      const os = osByNode.get(nodeName ?? '');
      const of =
        targetRef?.name === undefined ? {kind: 'Endpoint', name: host} : objectOf(targetRef, targetRef.name);
      return [{host, port, of, ...(nodeName !== undefined && {node: nodeName}), ...(os && {os})}];
    });
  });
  const hashed = targets.map(target => ({target, hash: hashOf(target.host)}));
  return hashed
    .sort((a, b) => a.hash - b.hash || compareText(a.target.host, b.target.host))
    .map(h => h.target);
}

function objectOf(
  {kind = 'Pod', namespace}: {kind?: string; namespace?: string},
  name: string,
): Target['of'] {
  return namespace === undefined ? {kind, name} : {kind, namespace, name};
}

/** A pod that several Services select is one target. */
function distinct(targets: readonly Target[]): Target[] {
  return [...new Map(targets.map(t => [`${t.host} ${t.port}`, t])).values()];
}

function isVantage(pod: Pod): boolean {
  return hasPodNetwork(pod) && isReady(pod) && !isTerminating(pod) && pod.nodeName !== undefined;
}

/** Every other policy has the node's servers and suffixes, or the pod's own; CoreDNS itself has the node's. */
function hasClusterDns({spec: {dnsPolicy = 'ClusterFirst'}}: Pod): boolean {
  return dnsPolicy === 'ClusterFirst';
}

function podName({metadata: {namespace = '', name}}: Pod): string {
  return `${namespace}/${name}`;
}

function podOf({metadata: {namespace = '', name, uid}}: Pod): NonNullable<Vantage['pod']> {
  return {namespace, name, ...(uid !== undefined && {uid})};
}
