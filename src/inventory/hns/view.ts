import type {HnsJoins, JoinedEndpoint, JoinedLoadBalancer} from '../../hns/joins.ts';
import {joinHns} from '../../hns/joins.ts';
import type {HnsNamespace, HnsNetwork} from '../../hns/model.ts';
import type {KubeObject} from '../../kube/types.ts';
import {valueOn} from '../../node/on-node.ts';
import type {Sandbox} from '../../node/sandboxes.ts';
import type {EvidenceKey, Snapshot} from '../../snapshot/snapshot.ts';
import {evidenceOf} from '../../snapshot/snapshot.ts';

/** Evidence that every view of a node's HNS is joined of. */
export const VIEW_KEYS = [
  'nodes',
  'pods',
  'services',
  'node.cri.sandboxes',
  'node.cri.containers',
  'node.hns.networks',
  'node.hns.endpoints',
  'node.hns.namespaces',
  'node.hns.loadbalancers',
] as const satisfies readonly EvidenceKey[];

/** What HNS of one node has, joined; what could not be seen is empty. */
export interface HnsView extends HnsJoins {
  readonly node: string;
  readonly networks: readonly HnsNetwork[];
  /** Endpoints in the order of HNS's answer. */
  readonly inOrder: readonly JoinedEndpoint[];
  /** Sandboxes by the GUID of their namespace. */
  readonly sandboxes: ReadonlyMap<string, Sandbox>;
}

/** The name of a pod or a Service. */
export interface Named {
  namespace: string;
  name: string;
}

/** Joins what HNS of a node has with the cluster's pods and Services. */
export function hnsView(snapshot: Snapshot, node: string): HnsView {
  const [sandboxes, containers] = [
    valueOn(evidenceOf(snapshot, 'node.cri.sandboxes'), node),
    valueOn(evidenceOf(snapshot, 'node.cri.containers'), node),
  ];
  const endpoints = valueOn(evidenceOf(snapshot, 'node.hns.endpoints'), node) ?? [];
  const pods = evidenceOf(snapshot, 'pods');
  const services = evidenceOf(snapshot, 'services');
  const joins = joinHns(
    {
      endpoints,
      namespaces: valueOn(evidenceOf(snapshot, 'node.hns.namespaces'), node) ?? [],
      loadBalancers: valueOn(evidenceOf(snapshot, 'node.hns.loadbalancers'), node) ?? [],
    },
    {
      nodeName: node,
      ...(sandboxes && {sandboxes}),
      ...(containers && {containers}),
      ...(pods.ok && {pods: pods.value}),
      ...(services.ok && {services: services.value}),
    },
  );
  return {
    ...joins,
    node,
    networks: valueOn(evidenceOf(snapshot, 'node.hns.networks'), node) ?? [],
    inOrder: endpoints.flatMap(({id}) => joins.endpoints.get(id) ?? []),
    sandboxes: new Map(
      (sandboxes ?? []).flatMap(sandbox =>
        sandbox.netns === undefined ? [] : [[sandbox.netns, sandbox] as const],
      ),
    ),
  };
}

/** The pod of an endpoint: as the API has it, else as its sandbox says. */
export function podOf({pod, sandbox}: JoinedEndpoint): Named | null {
  if (pod) return namedOf(pod);
  return sandbox ? {namespace: sandbox.namespace, name: sandbox.name} : null;
}

/** The sandbox of a namespace: that of its GUID, else that of one of its endpoints. */
export function sandboxOf(view: HnsView, {id, endpoints}: HnsNamespace): Sandbox | undefined {
  const own = view.sandboxes.get(id);
  if (own) return own;
  for (const endpoint of endpoints) {
    const sandbox = view.endpoints.get(endpoint)?.sandbox;
    if (sandbox) return sandbox;
  }
  return undefined;
}

/** The Services that a load balancer is for. */
export function servicesOf({served}: JoinedLoadBalancer): Named[] {
  const services = new Set(served.map(s => s.service));
  return [...services].map(namedOf);
}

/** Name and namespace of an object. */
export function namedOf({metadata: {namespace = '', name}}: KubeObject): Named {
  return {namespace, name};
}

/** `namespace/name`. */
export function nameText({namespace, name}: Named): string {
  return `${namespace}/${name}`;
}
