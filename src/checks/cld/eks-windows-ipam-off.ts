import {osOfNode} from '../../kube/os.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {ConfigMap, Node} from '../../kube/types.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';

const NAMESPACE = 'kube-system';
const CONFIG_MAP = 'amazon-vpc-cni';
const SETTING = 'enable-windows-ipam';
const VPC_CNI_DAEMON_SET = 'aws-node';
/** What the VPC resource controller gives a Windows node once it manages its addresses. */
const ADDRESSES = 'vpc.amazonaws.com/PrivateIPv4Address';

export default defineCheck({
  id: 'CLD001',
  name: 'eks-windows-ipam-off',
  severity: 'error',
  since: '0.1.0',
  title: 'EKS gives Windows nodes no pod addresses',
  evidence: ['A'],
  needs: ['nodes', 'configMaps'],
  wants: ['daemonSets'],
  docs: {
    what: 'On EKS with Windows nodes and Amazon\'s VPC CNI, the ConfigMap `kube-system/amazon-vpc-cni` must say `enable-windows-ipam: "true"`. A node that already has addresses to give (`vpc.amazonaws.com/PrivateIPv4Address`) proves that it works.',
    why: 'Without it the control plane assigns no addresses to Windows nodes: their pods stay pending for `vpc.amazonaws.com/PrivateIPv4Address`, or their sandboxes fail.',
    fix: [
      `Switch it on: \`kubectl patch configmap ${CONFIG_MAP} -n ${NAMESPACE} --type merge -p '{"data":{"${SETTING}":"true"}}'\`; where the ConfigMap is absent, create it with that one key.`,
      "The cluster's IAM role needs the policy AmazonEKSVPCResourceController.",
    ],
    links: ['https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html'],
  },
  *run({nodes, configMaps, wants}): Iterable<Outcome> {
    const windows = nodes.filter(n => osOfNode(n) === 'windows' && providerOfNode(n) === 'eks');
    if (windows.length === 0) {
      yield skip('the cluster has no Windows nodes on EKS');
      return;
    }
    const daemons = wants.daemonSets.ok && !wants.daemonSets.partial ? wants.daemonSets.value : undefined;
    const vpc = daemons?.some(
      ({metadata}) => metadata.namespace === NAMESPACE && metadata.name === VPC_CNI_DAEMON_SET,
    );
    if (vpc === false) {
      yield skip("the cluster does not use Amazon's VPC CNI");
      return;
    }
    const map = configMaps.find(
      ({metadata}) => metadata.namespace === NAMESPACE && metadata.name === CONFIG_MAP,
    );
    const setting = map?.data?.[SETTING];
    const bare = windows.filter(n => !hasAddresses(n));
    if (setting === 'true' || bare.length === 0) {
      for (const node of windows) yield pass(node);
      return;
    }
    for (const node of bare) yield failOf(node, map, setting);
  },
});

function hasAddresses({status}: Node): boolean {
  return Number(status.capacity?.[ADDRESSES] ?? 0) > 0;
}

function failOf(node: Node, map: ConfigMap | undefined, setting: string | undefined): Outcome {
  const found =
    map === undefined
      ? `there is no ConfigMap \`${NAMESPACE}/${CONFIG_MAP}\``
      : setting === undefined
        ? `the ConfigMap \`${NAMESPACE}/${CONFIG_MAP}\` does not say \`${SETTING}\``
        : `the ConfigMap \`${NAMESPACE}/${CONFIG_MAP}\` says \`${SETTING}: ${setting}\``;
  return fail(node, {
    cause: 'windows-ipam-off',
    message: `${found}, and the node has no addresses for pods`,
    evidence: [
      ...(map ? [ref(map, `/data/${SETTING}`, setting ?? null)] : []),
      ref(node, '/status/capacity', node.status.capacity ?? {}),
    ],
  });
}
