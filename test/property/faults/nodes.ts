import {ago} from '../../helpers/raw.ts';
import type {Fault} from './patient.ts';
import {renode} from './patient.ts';
import type {Json} from '../../helpers/raw.ts';

const node = (id: string, fault: string, edit: (node: Json) => void, also: string[] = []): Fault => ({
  id,
  fault,
  inject: patient => renode(patient, edit),
  also,
});

function say(of: Json, type: string, status: string, reason: string, message = ''): void {
  const known = of.status.conditions.find((c: Json) => c.type === type);
  Object.assign(known, {status, reason, message, lastTransitionTime: ago(1800)});
}

/** Faults of a Windows node. */
export const NODE_FAULTS: readonly Fault[] = [
  node('NOD001', 'a node that is not ready', n =>
    say(n, 'Ready', 'False', 'KubeletNotReady', 'something of its own is wrong'),
  ),
  node(
    'KBL005',
    'a relist of pods that hangs',
    n =>
      say(
        n,
        'Ready',
        'False',
        'KubeletNotReady',
        'PLEG is not healthy: pleg was last seen active 5m2.1s ago; threshold is 3m0s',
      ),
    ['NOD001'],
  ),
  node(
    'CRI002',
    'a runtime without a network',
    n =>
      say(
        n,
        'Ready',
        'False',
        'KubeletNotReady',
        'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      ),
    ['NOD001'],
  ),
  node('NOD005', 'a full disk', n => say(n, 'DiskPressure', 'True', 'KubeletHasDiskPressure')),
  node(
    'NOD003',
    'a build label that is wrong',
    n => (n.metadata.labels['node.kubernetes.io/windows-build'] = '10.0.17763'),
  ),
  node(
    'NOD017',
    'an architecture label that is wrong',
    n => (n.metadata.labels['kubernetes.io/arch'] = 'arm64'),
  ),
  node('NOD004', 'a kubelet far too old', n => (n.status.nodeInfo.kubeletVersion = 'v1.26.15'), [
    'NOD015',
    'ADV002',
    'ADV003',
    'NOD002',
    'CRI003',
  ]),
  node('NOD019', 'nothing reserved', n => (n.status.allocatable.memory = n.status.capacity.memory)),
  {
    id: 'ADV001',
    fault: 'an update of Windows with a known fault',
    inject: ({cluster, nodes}) => {
      cluster.changeAll('Node', n => {
        if (n.metadata.labels['node.kubernetes.io/windows-build'] !== '10.0.20348') return;
        n.status.nodeInfo.kernelVersion = '10.0.20348.2655';
      });
      return `Node//${nodes[0]}`;
    },
  },
  {
    id: 'NOD007',
    fault: 'a lease that is not renewed',
    inject: ({cluster, nodes: [name = '']}) => {
      cluster.change('Lease', name, l => (l.spec.renewTime = ago(900)));
      return `Node//${name}`;
    },
  },
  {
    id: 'NOD006',
    fault: 'a clock ten minutes fast',
    inject: ({cluster, nodes: [name = '']}) => {
      cluster.change('Lease', name, l => (l.spec.renewTime = ago(-600)));
      return `Node//${name}`;
    },
  },
  {
    id: 'CRI004',
    fault: 'a containerd without fixes',
    inject: patient => {
      if (['aks', 'eks', 'gke'].includes(patient.plan.provider)) return undefined;
      return renode(patient, n => (n.status.nodeInfo.containerRuntimeVersion = 'containerd://1.6.20'));
    },
    also: ['CRI003', 'NOD015', 'ADV002'],
  },
];
