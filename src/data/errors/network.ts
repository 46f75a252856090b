import type {ErrorEntry} from './entry.ts';
import {issue} from './entry.ts';

const SWT = 'kubernetes-sigs/sig-windows-tools';
const HCS = 'microsoft/hcsshim';
const CNI = ['FailedCreatePodSandBox', 'CNI log'] as const;
const RESTART_CNI =
  'Restart the CNI pod of that node, then kube-proxy: delete the two pods one after the other.';
const REBOOT = 'Drain and reboot the node.';
const SEE_HNS =
  'Look at the networks and endpoints of the node: `hnsdiag list networks` and `hnsdiag list endpoints` on it.';

/** Errors of the Host Network Service, met by CNI plugins, the runtime and kube-proxy. */
export const NETWORK_ERRORS: readonly ErrorEntry[] = [
  {
    id: 'namespace-attach-failed',
    match: [['requested operation for attach namespace failed'], ['0x803b002e']],
    where: ['FailedCreatePodSandBox', 'Failed'],
    title: 'The container cannot be attached to its network namespace',
    meaning:
      'the endpoint or namespace that CNI made for the pod is gone or degraded: HNS restarted, or a policy of the CNI conf is wrong',
    remedy: [SEE_HNS, 'Delete the pod, so that it gets a fresh namespace.', RESTART_CNI],
    links: [
      issue('Azure/AKS', 3627),
      issue('containerd/containerd', 5729),
      issue('projectcalico/calico', 5189),
    ],
  },
  {
    id: 'network-already-exists',
    match: [['network with this name already exists'], ['0x803b0010'], ['0x803b0011']],
    where: CNI,
    title: 'The pod network is half created',
    meaning: 'HNS holds a network of that name which it does not show: an earlier creation ended halfway',
    remedy: [SEE_HNS, RESTART_CNI, REBOOT],
    links: [issue(HCS, 850)],
  },
  {
    id: 'network-parameter-incorrect',
    match: [
      ['hcncreatenetwork', 'the parameter is incorrect'],
      ['hcncreatenetwork', '0x57'],
    ],
    where: CNI,
    title: 'HNS refuses to create the pod network',
    meaning:
      'the network adapter that CNI names is not there or not up, or the pod CIDR of the node has changed',
    remedy: ['Compare the adapter in the CNI conf with `Get-NetAdapter` on the node.', RESTART_CNI, REBOOT],
    links: [issue(SWT, 249), issue(SWT, 250)],
  },
  {
    id: 'hns-parameter-incorrect',
    match: [
      ['invoke-hnsrequest', 'the parameter is incorrect'],
      ['hnscall', 'the parameter is incorrect'],
      ['hcncreateendpoint', 'the parameter is incorrect'],
    ],
    where: CNI,
    title: 'HNS refuses what the CNI asks for',
    meaning:
      'the CNI plugin and this HNS version do not understand each other, or the request names a wrong network',
    remedy: ['Update the CNI plugin on the node.', SEE_HNS],
    links: [issue(SWT, 250)],
  },
  {
    id: 'hns-object-not-found',
    match: [
      ['hcnopennamespace', 'element not found'],
      ['hnscall', 'element not found'],
      ['hcn', '0x490'],
      ['hns', '0x490'],
      ['0x803b0002'],
    ],
    where: [...CNI, 'FailedKillPod'],
    title: 'HNS no longer knows the namespace or endpoint of the pod',
    meaning: 'the object was deleted before, or HNS lost it in a restart; on deletion it does no harm',
    remedy: ['Delete the pod, so that it gets fresh objects.', RESTART_CNI],
    links: [
      issue('Azure/azure-container-networking', 774),
      issue('Azure/aks-engine', 853),
      issue('antrea-io/antrea', 2301),
    ],
  },
  {
    id: 'endpoint-already-exists',
    match: [
      ['hnscall', 'object already exists'],
      ['hcn', 'object already exists'],
      ['0x1392'],
      ['hcncreateendpoint', '0xb7'],
    ],
    where: CNI,
    title: 'An endpoint of an earlier pod holds the address',
    meaning: 'HNS still has an endpoint with that address or name, left over from a pod that is gone',
    remedy: [
      'List the endpoints of the node: `hnsdiag list endpoints` on it.',
      'Delete that one endpoint on the node.',
      REBOOT,
    ],
    links: [issue('kubernetes/kubernetes', 72696), issue('aws/amazon-vpc-cni-k8s', 2065)],
  },
  {
    id: 'address-invalid-or-reserved',
    match: [['address provided is invalid or reserved'], ['0x803b002f']],
    where: [...CNI, 'kube-proxy log'],
    title: 'HNS refuses the address as taken or reserved',
    meaning: 'the address is the gateway, the source VIP or an address of another network card of the node',
    remedy: ['Compare the source VIP of kube-proxy with the pod CIDR of the node.', RESTART_CNI],
    links: [issue('kubernetes/kubernetes', 100962), issue('eksctl-io/eksctl', 5118), issue(SWT, 71)],
  },
  {
    id: 'address-outside-subnet',
    match: [['ip address is either invalid or not part of any configured subnet'], ['0x803b001e']],
    where: [...CNI, 'kube-proxy log'],
    title: 'The address lies outside the pod network of the node',
    meaning:
      'IPAM or kube-proxy gave an address that the HNS network of the node does not hold: the pod CIDR changed',
    remedy: [SEE_HNS, 'Delete the stored source VIP, and restart kube-proxy on that node.', REBOOT],
    links: [issue(SWT, 250)],
  },
  {
    id: 'network-adapter-not-found',
    match: [['an adapter was not found'], ['0x803b0006']],
    where: CNI,
    title: 'The network adapter that the CNI names is not there',
    meaning: 'the adapter was renamed, replaced or is down',
    remedy: ['Compare the name in the CNI conf with `Get-NetAdapter` on the node.', RESTART_CNI],
    links: [issue('microsoft/SDN', 532)],
  },
  {
    id: 'pod-network-missing',
    match: [['0x803b0001'], ['unable to find hns network'], ['the network was not found', 'hcn']],
    where: [...CNI, 'kube-proxy log'],
    title: 'The HNS network for pods does not exist',
    meaning:
      'the network that CNI or kube-proxy names is not there: the CNI never made it, or a reboot removed it',
    remedy: [SEE_HNS, RESTART_CNI],
    links: [issue('kubernetes/kubernetes', 79515)],
  },
  {
    id: 'hns-policy-invalid',
    match: [['provided policy configuration is invalid'], ['0x803b000d']],
    where: [...CNI, 'kube-proxy log'],
    title: 'HNS refuses a network policy of the CNI or kube-proxy',
    meaning: 'a policy holds a prefix that does not parse, or a field that this HNS version does not know',
    remedy: ['Check every CIDR of the CNI conf.', 'Update the CNI plugin and kube-proxy.'],
    links: [issue('projectcalico/calico', 8465), issue('aws/containers-roadmap', 240), issue(HCS, 1951)],
  },
  {
    id: 'endpoint-degraded',
    match: [['attempted on a degraded object'], ['0x803b0017']],
    where: CNI,
    title: 'The endpoint of the pod is degraded',
    meaning: 'HNS could not apply a policy of the endpoint, mostly one with a literal placeholder as CIDR',
    remedy: ['Check every CIDR of the CNI conf.', 'Delete the pod once the conf is right.'],
    links: [issue('containerd/containerd', 5729), 'https://github.com/projectcalico/felix/pull/2893'],
  },
  {
    id: 'endpoint-already-attached',
    match: [['endpoint is already attached to the switch'], ['0x803b0014'], ['0x803b002b']],
    where: CNI,
    title: 'The endpoint is attached already',
    meaning: 'the CNI attaches an endpoint a second time, after it restarted halfway',
    remedy: [RESTART_CNI, REBOOT],
    links: [issue('projectcalico/calico', 4280)],
  },
  {
    id: 'namespace-stuck',
    match: [['hcndeletenamespace', 'request is unsupported'], ['0x803b0015'], ['0x803b002c']],
    where: [...CNI, 'FailedKillPod'],
    title: 'HNS does not let go of the namespace of a dead pod',
    meaning: 'the namespace still lists containers that no longer exist, so its deletion is refused for ever',
    remedy: ['See it on the node: `hnsdiag list namespaces`.', REBOOT],
    links: [issue(HCS, 2155), issue('microsoft/Windows-Containers', 485)],
  },
  {
    id: 'hns-data-of-other-build',
    match: [['wrong diskette is in the drive']],
    where: CNI,
    title: 'The state of HNS is of another Windows build',
    meaning: 'an update of Windows left network objects that the new HNS cannot read',
    remedy: [REBOOT, 'Replace the node by a fresh one of the new build.'],
    links: [issue('flannel-io/flannel', 1112)],
  },
  {
    id: 'load-balancer-port-exists',
    match: [['specified port already exists'], ['0x803b0013']],
    where: ['kube-proxy log', 'FailedCreatePodSandBox'],
    title: 'HNS says that the port of a load balancer is taken',
    meaning: 'two Services want one address and port, or HNS leaked the port of a load balancer that is gone',
    remedy: [
      'Look for two Services with that port.',
      'Set `--forward-healthcheck-vip=false` where it is port 10256.',
      REBOOT,
    ],
    links: [issue('kubernetes/kubernetes', 137530), issue('kubernetes/community', 8883)],
  },
  {
    id: 'switch-port-not-found',
    match: [['switch-port was not found'], ['0x803b0007']],
    where: ['kube-proxy log'],
    title: 'A load balancer names an endpoint that is not attached',
    meaning: 'kube-proxy made a load balancer over an endpoint which HNS had detached meanwhile',
    remedy: ['Restart kube-proxy on that node, which builds every load balancer anew.'],
    links: [issue(HCS, 1043)],
  },
  {
    id: 'load-balancer-already-exists',
    match: [
      ['hcncreateloadbalancer', '0xb7'],
      ['hcncreateloadbalancer', 'file already exists'],
    ],
    where: ['kube-proxy log'],
    title: 'kube-proxy makes a load balancer that HNS still has',
    meaning: 'HNS restarted while kube-proxy kept its own view of the load balancers',
    remedy: ['Restart kube-proxy on that node, which builds every load balancer anew.'],
    links: [issue('kubernetes/kubernetes', 139519)],
  },
  {
    id: 'hns-crashed',
    match: [['host network service service terminated unexpectedly'], ['0x803b0020']],
    where: ['event log', 'FailedCreatePodSandBox'],
    title: 'The Host Network Service of the node stopped',
    meaning:
      'HNS crashed or is stopping: load balancers and endpoints of the node are lost until CNI and kube-proxy make them again',
    remedy: [RESTART_CNI, REBOOT],
    links: [issue(HCS, 2155), issue('kubernetes/kubernetes', 110674)],
  },
];
