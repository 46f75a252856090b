import type {ErrorEntry} from './entry.ts';
import {issue} from './entry.ts';

const WC = 'microsoft/Windows-Containers';
const SMB = 'kubernetes-csi/csi-driver-smb';
const SMB_CAUSE = 'STO004';
const GMSA_DOCS = 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-gmsa/';
const CONFIG_DOCS = 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/';

/** Errors of identity, of volumes, and of what a pod asks for. */
export const POD_ERRORS: readonly ErrorEntry[] = [
  {
    id: 'gmsa-rpc-unavailable',
    match: [['0xc0020017'], ['failed to setup the external credentials', 'rpc server is unavailable']],
    where: ['FailedCreatePodSandBox', 'Failed', 'event log'],
    title: 'The node cannot reach a domain controller for the gMSA',
    meaning:
      'the account of the container could not be fetched, because no domain controller answered by RPC',
    remedy: [
      'Check from the node: `nltest /sc_verify:DOMAIN`, and DNS of the node for the domain.',
      'Open the ports of Active Directory between node and domain controllers.',
    ],
    links: [issue(WC, 221), issue(WC, 541)],
  },
  {
    id: 'gmsa-credentials-refused',
    match: [['0xc00000a7']],
    where: ['FailedCreatePodSandBox', 'Failed'],
    title: 'The credentials of the gMSA cannot be set up',
    meaning: 'Container Credential Guard refused the credential specification of the container',
    remedy: [
      'Read the channel `Microsoft-Windows-Containers-CCG/Admin` on the node.',
      'Check the GMSACredentialSpec: account, domain SID, plug-in.',
    ],
    links: [issue(WC, 544)],
  },
  {
    id: 'gmsa-identity-incorrect',
    match: [['configured identity is incorrect']],
    where: ['FailedCreatePodSandBox', 'Failed'],
    title: 'The gMSA is not one that this node may use',
    meaning: 'the node, or the account that the plug-in gives, may not read the password of the gMSA',
    remedy: ['Add the node or account to PrincipalsAllowedToRetrieveManagedPassword of the gMSA.'],
    links: [issue(WC, 293), GMSA_DOCS],
  },
  {
    id: 'non-root-refused',
    match: [
      ['break non-root policy'],
      ['breaks non-root policy'],
      ['runasnonroot and image will run as root'],
      ['container has runasnonroot'],
    ],
    where: ['Failed'],
    title: 'The container may not run as an administrator',
    meaning: '`runAsNonRoot` is set, and the user of the container or image counts as root',
    remedy: [
      'Set `runAsUserName: ContainerUser`.',
      'Remove `runAsNonRoot` where the program needs an administrator.',
    ],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/'],
  },
  {
    id: 'config-object-missing',
    match: [['secret "', '" not found'], ['configmap "', '" not found'], ["couldn't find key"]],
    where: ['Failed', 'FailedMount'],
    title: 'A ConfigMap or Secret that the pod names does not exist',
    meaning: 'the pod refers to a ConfigMap, a Secret or a key in one that is not there',
    remedy: ['Create it in the namespace of the pod, or correct the name in the workload.'],
    links: [CONFIG_DOCS],
  },
  {
    id: 'smb-helper-failed',
    match: [
      ['newsmbglobalmapping failed', '0xc0000142'],
      ['new-smbglobalmapping', '0xc0000142'],
    ],
    where: ['FailedMount'],
    title: 'The node can start no program to mount the share',
    meaning: 'PowerShell fails while it starts: the desktop heap or memory of the node is exhausted',
    remedy: ['Move pods off the node.', 'Drain and reboot the node.'],
    links: [issue('kubernetes-sigs/azuredisk-csi-driver', 2082)],
    judgedBy: SMB_CAUSE,
  },
  {
    id: 'smb-credentials-wrong',
    match: [
      ['smbglobalmapping', 'windows system error 1326'],
      ['smbglobalmapping', 'user name or password is incorrect'],
    ],
    where: ['FailedMount'],
    title: 'The share refuses the user name or password',
    meaning: 'the Secret that the volume names holds credentials that the SMB server does not accept',
    remedy: ['Correct the Secret: user, password, and domain where the server wants it.'],
    links: [issue(SMB, 520)],
    judgedBy: SMB_CAUSE,
  },
  {
    id: 'smb-server-unreachable',
    match: [
      ['smbglobalmapping', 'windows system error 53'],
      ['smbglobalmapping', 'windows system error 67'],
      ['smbglobalmapping', 'network path was not found'],
      ['smbglobalmapping', 'network name cannot be found'],
    ],
    where: ['FailedMount'],
    title: 'The node does not find the SMB server or share',
    meaning:
      'the node, not the pod, mounts the share, and it cannot resolve or reach the server; cluster names mean nothing to it',
    remedy: [
      'Name the server by an address or name that the DNS of the node knows.',
      'Open port 445 from the node to the server.',
    ],
    links: [issue(SMB, 294)],
    judgedBy: SMB_CAUSE,
  },
  {
    id: 'smb-several-users',
    match: [['smbglobalmapping', 'multiple connections to a server']],
    where: ['FailedMount'],
    title: 'One server is mounted with different users on one node',
    meaning: 'Windows keeps one user for each SMB server, and another pod of the node uses another',
    remedy: [
      'Use one account for all shares of the server.',
      'Name the server differently (alias, address) for the second account.',
    ],
    links: [issue(SMB, 219)],
    judgedBy: SMB_CAUSE,
  },
  {
    id: 'smb-source-malformed',
    match: [['smbglobalmapping', 'parameter is incorrect']],
    where: ['FailedMount'],
    title: 'The path of the share is malformed',
    meaning: 'the `source` of the volume is no path that Windows takes, mostly by a slash at its end',
    remedy: ['Write it as `//server/share`, without a slash at the end.'],
    links: [issue(SMB, 453)],
    judgedBy: SMB_CAUSE,
  },
  {
    id: 'smb-failed',
    match: [['newsmbglobalmapping failed'], ['smb mapping failed']],
    where: ['FailedMount'],
    title: 'The share cannot be mounted',
    meaning: 'Windows refused the SMB mapping for a reason that the catalogue does not know',
    remedy: ['Try it on the node: `New-SmbGlobalMapping -RemotePath \\\\server\\share`.'],
    links: [issue(SMB, 453)],
    judgedBy: SMB_CAUSE,
  },
  {
    id: 'csi-driver-not-registered',
    match: [['not found in the list of registered csi drivers']],
    where: ['FailedMount'],
    title: 'The CSI driver does not run on the Windows node',
    meaning:
      'the kubelet of the node knows no driver of that name: its node plug-in is not there for Windows, or not ready',
    remedy: ['Look at its DaemonSet for Windows, and at `kubectl get csinode NODE -o yaml`.'],
    links: ['https://kubernetes-csi.github.io/docs/'],
  },
  {
    id: 'csi-proxy-unreachable',
    match: [
      ['csi-proxy-', 'cannot find the file'],
      ['csi-proxy', 'pipe', 'no such file'],
    ],
    where: ['FailedMount'],
    title: 'csi-proxy does not run on the node',
    meaning: 'the driver speaks with Windows through csi-proxy, and its pipe is not there',
    remedy: [
      'Start the service on the node: `Start-Service csi-proxy`.',
      'Use a HostProcess variant of the driver, which needs none.',
    ],
    links: ['https://github.com/kubernetes-csi/csi-proxy'],
  },
  {
    id: 'volume-attached-elsewhere',
    match: [['multi-attach error']],
    where: ['FailedMount'],
    title: 'The volume is still attached to another node',
    meaning: 'a volume for one node at a time is still held by the node that ran the pod before',
    remedy: [
      'Wait until the old pod is gone; see where: `kubectl get volumeattachments`.',
      'Roll out with `strategy: Recreate`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes'],
  },
  {
    id: 'host-path-wrong-type',
    match: [['hostpath type check failed']],
    where: ['FailedMount'],
    title: 'The hostPath is not there on the node',
    meaning:
      'the path of the volume does not exist on the Windows node, or is not of the type that the volume asks for',
    remedy: ['Correct the path, with drive letter, or use `type: DirectoryOrCreate`.'],
    links: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  },
  {
    id: 'volumes-late',
    match: [['unable to attach or mount volumes'], ['unmounted volumes=']],
    where: ['FailedMount'],
    title: 'Volumes of the pod are not mounted in time',
    meaning: 'the kubelet waited for a volume in vain; the error of the volume itself is the fault',
    remedy: ['Look for the first mount error of the pod: `kubectl describe pod`.'],
    links: [CONFIG_DOCS],
    fallout: true,
  },
  {
    id: 'vpc-address-quota',
    match: [['insufficient vpc.amazonaws.com/privateipv4address']],
    where: ['FailedScheduling'],
    title: 'The Windows nodes have no more VPC addresses to give',
    meaning:
      'the scheduler counts the addresses that the VPC resource controller announces, and none is left',
    remedy: ['Use larger instances, more nodes, or prefix delegation.'],
    links: [issue('aws/containers-roadmap', 240)],
    judgedBy: 'SCH012',
  },
];
