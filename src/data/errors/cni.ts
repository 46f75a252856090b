import type {ErrorEntry} from './entry.ts';
import {issue} from './entry.ts';

const CNI = ['FailedCreatePodSandBox', 'CNI log'] as const;
const REBOOT = 'Drain and reboot the node.';

/** Errors of CNI plugins themselves: addresses, configuration, their way to the API. */
export const CNI_ERRORS: readonly ErrorEntry[] = [
  {
    id: 'cni-store-locked',
    match: [['timed out locking store']],
    where: CNI,
    title: 'The Azure CNI waits for its own lock',
    meaning: 'another run of azure-vnet holds the lock of its state file, because HNS does not answer it',
    remedy: ['See whether HNS answers on the node: `hnsdiag list networks`.', REBOOT],
    links: [issue('Azure/azure-container-networking', 774)],
  },
  {
    id: 'netns-unparsable',
    match: [['failed to parse netns'], ['failed to parse network namespace']],
    where: CNI,
    title: 'The CNI plugin is too old for this containerd',
    meaning: 'the plugin does not understand how containerd names network namespaces on Windows',
    remedy: ['Update the CNI plugin on the node.'],
    links: [issue('containerd/containerd', 5892)],
  },
  {
    id: 'vpc-address-label-missing',
    match: [['pod does not have label vpc.amazonaws.com/privateipv4address']],
    where: CNI,
    title: 'The VPC controller gave the pod no address',
    meaning:
      'on EKS the VPC resource controller gives Windows pods their addresses, and it is not set up for Windows',
    remedy: [
      'Set `enable-windows-ipam: "true"` in the ConfigMap `kube-system/amazon-vpc-cni`.',
      'Attach AmazonEKSVPCResourceController to the role of the cluster.',
    ],
    links: [issue('aws/containers-roadmap', 1082), issue('aws/containers-roadmap', 227)],
  },
  {
    id: 'ip-pool-exhausted',
    match: [
      ['no ip addresses available in range set'],
      ['no available addresses'],
      ['no available address pools'],
      ['not enough ips available'],
      ['failed to request', 'ipv4 addresses', 'ipam allocated only 0'],
      ['no more ips available'],
      ['no ips available'],
      ['ip address exhaustion'],
      ['failed to assign an ip address to container'],
    ],
    where: CNI,
    title: 'No address is left for pods of the node',
    meaning:
      'the pool that the CNI takes addresses from is empty, or addresses of pods that are gone were never given back',
    remedy: [
      'Count the pods of the node against its addresses: `kubectl get pods -A --field-selector spec.nodeName=NODE`.',
      'Lower `maxPods`, or enlarge the subnet or pool.',
      'Look for endpoints of dead pods: `hnsdiag list endpoints` on it.',
    ],
    links: [issue('Azure/AKS', 2532), issue('Azure/azure-container-networking', 145)],
    judgedBy: 'KBL008',
  },
  {
    id: 'flannel-subnet-missing',
    match: [
      ['subnet.env', 'cannot find'],
      ['subnet.env', 'no such file'],
    ],
    where: CNI,
    title: 'flannel has not written its subnet file on the node',
    meaning: 'the flannel pod of the node has not run, so its CNI plugin does not know the pod CIDR',
    remedy: ['Look at the flannel pod of that node: `kubectl logs -n kube-flannel POD`.'],
    links: ['https://github.com/flannel-io/flannel/blob/master/Documentation/troubleshooting.md'],
  },
  {
    id: 'calico-nodename-missing',
    match: [['nodename', 'check that the calico/node container is running']],
    where: CNI,
    title: 'Calico has not written the name of the node',
    meaning: 'the Calico pod of the node has not run, so its CNI plugin does not know which node it is on',
    remedy: ['Look at the Calico pod of that node: `kubectl logs -n calico-system POD`.'],
    links: ['https://docs.tigera.io/calico/latest/operations/troubleshoot/troubleshooting'],
  },
  {
    id: 'cni-not-initialized',
    match: [
      ['cni plugin not initialized'],
      ['cni config uninitialized'],
      ['no network config found'],
      ['networkplugin cni', 'not ready'],
    ],
    where: ['FailedCreatePodSandBox', 'node condition'],
    title: 'The node has no CNI configuration',
    meaning:
      'containerd found no CNI conf in its folder: the CNI has not been installed on the node yet, or failed to',
    remedy: [
      'Look at the CNI pod of that node.',
      'Compare `conf_dir` in `config.toml` of containerd with where the CNI writes.',
    ],
    links: ['https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/'],
  },
  {
    id: 'cni-unauthorized',
    match: [
      ['plugin type="calico"', 'unauthorized'],
      ['failed (add)', 'connection is unauthorized'],
    ],
    where: CNI,
    title: 'The CNI plugin may not read the API',
    meaning: 'the token in the kubeconfig of the CNI plugin on the node has expired or lacks its rights',
    remedy: ['Restart the CNI pod of that node, which writes a new kubeconfig.'],
    links: [issue('projectcalico/calico', 5712)],
  },
];
