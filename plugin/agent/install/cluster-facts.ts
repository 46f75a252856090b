import {probeTargets} from '../../../src/agent-manifests/targets.ts';
import {fields, integer, list, mapOf, text} from '../../../src/kube/shape.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import {discover} from '../../kube/discovery.ts';
import {parseAnswer} from '../../kube/list.ts';

/** What an installation depends on that only the cluster knows. */
export interface ClusterFacts {
  openShift: boolean;
  /** The cluster's own networks and addresses: where probes may go. */
  targets: string[];
}

/** Label of an EndpointSlice: the Service that it is of. */
const SERVICE_LABEL = 'kubernetes.io/service-name';

interface Raw {
  metadata?: {labels?: Record<string, string>};
  endpoints?: {addresses?: string[]}[];
  ports?: {port?: number}[];
  spec?: {podCIDR?: string; podCIDRs?: string[]; cidrs?: string[]; clusterIPs?: string[]};
  status?: {addresses?: {type: string; address: string}[]};
}

const addressShape = fields<{type: string; address: string}>(
  {type: text, address: text},
  {type: '', address: ''},
);
const rawShape = fields<Raw>({
  metadata: fields<NonNullable<Raw['metadata']>>({labels: mapOf(text)}),
  endpoints: list(fields<{addresses?: string[]}>({addresses: list(text)})),
  ports: list(fields<{port?: number}>({port: integer})),
  spec: fields<NonNullable<Raw['spec']>>({
    podCIDR: text,
    podCIDRs: list(text),
    cidrs: list(text),
    clusterIPs: list(text),
  }),
  status: fields<NonNullable<Raw['status']>>({addresses: list(addressShape)}),
});
const listShape = fields<{items: Raw[]}>({items: list(rawShape)}, {items: []});

/** Asks for them; what may not be read, or is not served, is left out. */
export async function clusterFacts(reader: ApiReader, signal: AbortSignal): Promise<ClusterFacts> {
  const [discovery, nodes, ranges, services, slices] = await Promise.all([
    discover(reader, signal),
    items(reader, '/api/v1/nodes', signal),
    // Since 1.33; before, the Services themselves show the range.
    items(reader, '/apis/networking.k8s.io/v1/servicecidrs', signal),
    items(reader, '/api/v1/services', signal),
    items(reader, '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', signal),
  ]);
  return {
    openShift: discovery?.groups.has('security.openshift.io') ?? false,
    targets: probeTargets({
      podNetworks: nodes.flatMap(n => n.spec?.podCIDRs ?? (n.spec?.podCIDR ? [n.spec.podCIDR] : [])),
      serviceNetworks: ranges.flatMap(r => r.spec?.cidrs ?? []),
      serviceAddresses: services.flatMap(s => s.spec?.clusterIPs ?? []),
      nodeAddresses: nodes.flatMap(n =>
        (n.status?.addresses ?? []).filter(a => a.type === 'InternalIP').map(a => a.address),
      ),
      apiServers: slices
        .filter(s => s.metadata?.labels?.[SERVICE_LABEL] === 'kubernetes')
        .flatMap(apiServersOf),
    }),
  };
}

/** Where the Service `default/kubernetes` leads. */
function apiServersOf({endpoints = [], ports = []}: Raw): string[] {
  const addresses = endpoints.flatMap(e => e.addresses ?? []);
  return ports.flatMap(({port}) =>
    port === undefined ? [] : addresses.map(a => (a.includes(':') ? `[${a}]:${port}` : `${a}:${port}`)),
  );
}

async function items(reader: ApiReader, path: string, signal: AbortSignal): Promise<Raw[]> {
  try {
    const {text: body} = await reader.get(path, {signal});
    return listShape(parseAnswer(body, path), '', undefined)?.items ?? [];
  } catch (error) {
    if (error instanceof ApiStatusError) return [];
    throw error;
  }
}
