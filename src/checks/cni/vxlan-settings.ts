import {cnisOf} from '../../kube/cni.ts';
import {nodesOf} from '../../kube/os.ts';
import {providerOf} from '../../kube/provider.ts';
import type {ConfigMap} from '../../kube/types.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';
import {CALICO_LIMITS, calicoIpam, calicoPools} from './shared/calico-network.ts';
import {calicoSettings} from './shared/calico-settings.ts';
import {MIN_VNI, VXLAN_PORT, flannelOnNode} from './shared/flannel-network.ts';

const FLANNEL = 'kube-flannel-cfg';
const NET_CONF = 'net-conf.json';

const FLANNEL_FIX =
  'flannel: set `"VNI": 4096, "Port": 4789` under `Backend` in the ConfigMap `kube-flannel-cfg`, then restart every flannel pod; pods lose their network meanwhile.';
const CALICO_FIX =
  'Calico: `kubectl patch ipamconfigs default --type merge -p \'{"spec": {"strictAffinity": true}}\'`, and `vxlanMode: Always` or no overlay in its pools.';

export default defineCheck({
  id: 'CNI005',
  name: 'vxlan-settings',
  severity: 'error',
  since: '0.1.0',
  title: 'Settings of the pod network do not work with Windows nodes',
  evidence: ['A', 'N'],
  needs: ['nodes', 'configMaps', 'workloads'],
  wants: ['calicoIpamConfigs', 'calicoIpPools', 'node.cni', 'node.hns.networks'],
  passNeeds: ['node.cni', 'node.hns.networks'],
  docs: {
    what: 'In a cluster with Windows nodes: flannel with the vxlan backend needs `VNI` of 4096 or more and `Port` 4789 in `net-conf.json`. Calico needs `strictAffinity: true` in its IPAM configuration, and pools without IP-in-IP and without the cross-subnet modes, where it gives Windows pods their addresses. On nodes it looks at what HNS has: the virtual subnet and the VXLAN port of the overlay network that the configuration of flannel names.',
    why: 'Windows nodes with other VXLAN settings never reach the pods of Linux nodes. Without strict affinity a Linux node borrows addresses of a block that belongs to a Windows node, and packets to them vanish.',
    fix: [FLANNEL_FIX, CALICO_FIX],
    links: ['https://github.com/flannel-io/flannel/blob/master/Documentation/backends.md', CALICO_LIMITS],
  },
  *run({nodes, configMaps, workloads, wants}) {
    const windows = nodesOf('windows', nodes);
    if (windows.length === 0) return;
    const cnis = cnisOf({workloads, configMaps, nodes});
    const outcomes: Outcome[] = [];
    for (const map of configMaps) if (map.metadata.name === FLANNEL) outcomes.push(...flannel(map));
    const daemons = cnis.get('calico')?.daemons.windows ?? [];
    const backends = calicoSettings('CALICO_NETWORKING_BACKEND', configMaps, daemons).map(s =>
      s.value.toLowerCase(),
    );
    const networks = backends.filter(b => b !== 'none');
    // Providers that bring their own network use Calico for policies alone.
    const owns =
      networks.length > 0 || (backends.length === 0 && daemons.length > 0 && providerOf(nodes) === undefined);
    if (owns)
      outcomes.push(...calicoIpam(wants.calicoIpamConfigs), ...calicoPools(wants.calicoIpPools, networks));
    for (const node of windows)
      outcomes.push(...flannelOnNode(node, wants['node.cni'], wants['node.hns.networks']));
    yield* outcomes;
    if (outcomes.length === 0) for (const node of windows) yield pass(node);
  },
});

function* flannel(map: ConfigMap): Generator<Outcome> {
  const text = map.data?.[NET_CONF];
  const backend = backendOf(text);
  if (text === undefined || typeof backend === 'string') {
    const detail =
      text === undefined ? `${FLANNEL} has no ${NET_CONF}` : `${NET_CONF} of ${FLANNEL} does not parse`;
    yield unknown(map, 'configMaps', missing('failed', detail));
    return;
  }
  const {Type: type, VNI: vni = 1, Port: port = 8472} = backend;
  const wrong =
    type !== 'vxlan'
      ? []
      : [...(Number(vni) >= MIN_VNI ? [] : ['VNI']), ...(Number(port) === VXLAN_PORT ? [] : ['Port'])];
  if (wrong.length === 0) {
    yield pass(map);
    return;
  }
  const given = (value: unknown, field: string): string =>
    field in backend ? JSON.stringify(value) : `${JSON.stringify(value)} (the default)`;
  yield fail(map, {
    cause: 'flannel vxlan',
    message: `flannel uses VXLAN with VNI ${given(vni, 'VNI')} and port ${given(port, 'Port')}; Windows nodes need VNI ${MIN_VNI} or more and port ${VXLAN_PORT}`,
    evidence: [ref(map, `/data/${NET_CONF}`, text)],
    fix: [FLANNEL_FIX],
  });
}

/** The backend section of flannel's configuration, or why there is none. */
function backendOf(text: string | undefined): Record<string, unknown> | string {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    const backend: unknown = Object(parsed).Backend;
    return typeof backend === 'object' && backend !== null ? Object.fromEntries(Object.entries(backend)) : {};
  } catch {
    return 'it does not parse';
  }
}
