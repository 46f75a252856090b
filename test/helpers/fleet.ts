import type {EndpointSlice, Node, Pod, Service} from '../../src/kube/types.ts';
import type {Cluster} from '../../src/probes/places.ts';

/** A fleet to plan probes for: half Windows, half Linux, in three zones, with two pods on each node behind one Service. */
export function fleetOf(nodes: number, services = 3): Cluster {
  const names = Array.from({length: nodes}, (_, i) => ({name: i % 2 === 0 ? `win-${i}` : `linux-${i}`, i}));
  const pods = names.flatMap(({name, i}) => [0, 1].map(n => pod(`web-${i}-${n}`, name, addressOf(i, n))));
  const backends = pods.map(({metadata, nodeName, status}) => ({
    addresses: [status.podIP ?? ''],
    conditions: {ready: true},
    ...(nodeName !== undefined && {nodeName}),
    targetRef: {kind: 'Pod', namespace: 'shop', name: metadata.name},
  }));
  const plain = Array.from({length: services}, (_, i) =>
    service('shop', `web-${i}`, `10.96.${i >> 8}.${i % 256}`, 80),
  );
  return {
    nodes: names.map(({name, i}) => node(name, i)),
    pods,
    runtimeClasses: [],
    services: [
      ...plain,
      service('kube-system', 'kube-dns', '10.100.0.10', 53),
      service('default', 'kubernetes', '10.100.0.1', 443),
    ],
    slices: [
      // Every Service has a few backends; the first one has them all.
      ...plain.map(({metadata}, i) =>
        slice('shop', metadata.name, 80, i === 0 ? backends : backends.slice(0, 4)),
      ),
      slice('kube-system', 'kube-dns', 53, backends.slice(0, 3)),
      slice('default', 'kubernetes', 6443, [{addresses: ['192.168.10.10'], conditions: {ready: true}}]),
    ],
  };
}

/** The same with IPv6 beside IPv4: Services and EndpointSlices of both families. */
export function dualFleetOf(nodes: number, services = 3): Cluster {
  const cluster = fleetOf(nodes, services);
  return {
    ...cluster,
    services: cluster.services.map(s => ({
      ...s,
      spec: {...s.spec, clusterIPs: [s.spec.clusterIP ?? '', six(s.spec.clusterIP ?? '')]},
    })),
    slices: cluster.slices.flatMap(s => [
      s,
      {
        ...s,
        addressType: 'IPv6',
        endpoints: (s.endpoints ?? []).map(e => ({...e, addresses: (e.addresses ?? []).map(six)})),
      },
    ]),
  };
}

/** An IPv6 address made of an IPv4 one. */
export function six(host: string): string {
  return `fd00::${host.replaceAll('.', ':')}`;
}

function addressOf(node: number, pod: number): string {
  return `10.${128 + (node >> 8)}.${node % 256}.${10 + pod}`;
}

function node(name: string, i: number): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/os': name.split('-')[0] === 'win' ? 'windows' : 'linux',
        'topology.kubernetes.io/zone': `z${i % 3}`,
      },
    },
    spec: {},
    status: {
      conditions: [{type: 'Ready', status: 'True'}],
      addresses: [{type: 'InternalIP', address: `192.168.${i >> 8}.${i % 256}`}],
    },
  };
}

function pod(name: string, nodeName: string, podIP: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {namespace: 'shop', name, uid: name.replace('web', 'ab')},
    spec: {containers: [{name: 'web'}]},
    nodeName,
    status: {phase: 'Running', podIP, conditions: [{type: 'Ready', status: 'True'}]},
  };
}

function service(namespace: string, name: string, clusterIP: string, port: number): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {namespace, name},
    spec: {
      clusterIP,
      type: name === 'web-0' ? 'NodePort' : 'ClusterIP',
      ports: [{port, ...(name === 'web-0' && {nodePort: 30_080})}],
    },
    status: {},
  };
}

function slice(
  namespace: string,
  name: string,
  port: number,
  endpoints: NonNullable<EndpointSlice['endpoints']>,
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {namespace, name: `${name}-1`, labels: {'kubernetes.io/service-name': name}},
    endpoints,
    ports: [{port}],
  };
}
