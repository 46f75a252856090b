import {probeTargets} from '../../../src/agent-manifests/targets.ts';
import {fields, list, text} from '../../../src/kube/shape.ts';
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

interface Raw {
  spec?: {podCIDR?: string; podCIDRs?: string[]; cidrs?: string[]; clusterIPs?: string[]};
  status?: {addresses?: {type: string; address: string}[]};
}

const addressShape = fields<{type: string; address: string}>(
  {type: text, address: text},
  {type: '', address: ''},
);
const rawShape = fields<Raw>({
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
  const [discovery, nodes, ranges, services] = await Promise.all([
    discover(reader, signal),
    items(reader, '/api/v1/nodes', signal),
    // Since 1.33; before, the Services themselves show the range.
    items(reader, '/apis/networking.k8s.io/v1/servicecidrs', signal),
    items(reader, '/api/v1/services', signal),
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
    }),
  };
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
