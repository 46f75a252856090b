import {hnsPlace} from '../../../hns/place.ts';
import {settingOf} from '../../../hns/policies.ts';
import type {HnsNetwork} from '../../../hns/model.ts';
import type {Node} from '../../../kube/types.ts';
import type {NodeCni} from '../../../node/cni.ts';
import type {PerNode} from '../../../node/evidence.ts';
import {valueOn} from '../../../node/on-node.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Outcome} from '../../define.ts';
import {fail, pass} from '../../define.ts';
import {fileRefs} from '../../each-node.ts';

/** HNS takes no lower VNI (https://github.com/flannel-io/flannel/blob/master/Documentation/backends.md). */
export const MIN_VNI = 4096;
/** The only port on which Windows speaks VXLAN with flannel (same source). */
export const VXLAN_PORT = 4789;

/** What HNS has of the overlay network that the configuration of flannel on a node names. */
export function* flannelOnNode(
  node: Node,
  cni: Evidence<PerNode<NodeCni>>,
  networks: Evidence<PerNode<HnsNetwork[]>>,
): Generator<Outcome> {
  const configs = valueOn(cni, node.metadata.name)?.configs ?? [];
  const named = configs.find(c => c.plugins.some(p => p.type === 'flannel'))?.name;
  const network = valueOn(networks, node.metadata.name)?.find(n => n.name === named);
  if (network?.type !== 'overlay') return;
  const vni = network.subnets.find(s => s.vsid !== undefined)?.vsid;
  const port = settingOf(network.policies, 'VxlanPort', 'Port');
  const wrong = [
    ...(vni !== undefined && vni < MIN_VNI ? [`the virtual subnet ${vni}`] : []),
    ...(typeof port === 'number' && port !== VXLAN_PORT ? [`the VXLAN port ${port}`] : []),
  ];
  if (wrong.length === 0) {
    yield pass(node);
    return;
  }
  const {file, pointer} = hnsPlace(
    'networks',
    network,
    vni !== undefined && vni < MIN_VNI ? 'subnets' : 'policies',
  );
  yield fail(node, {
    cause: 'flannel vxlan',
    message: `Network ${network.name} of ${node.metadata.name} has ${wrong.join(' and ')}; flannel on Windows needs VNI ${MIN_VNI} or more and port ${VXLAN_PORT}`,
    evidence: [fileRefs(node)(file, pointer)],
  });
}
