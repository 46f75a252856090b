import type {ErrorEntry} from './entry.ts';
import {issue} from './entry.ts';

const HCS = 'microsoft/hcsshim';
const K8S = 'kubernetes/kubernetes';
const SANDBOX_AND_START = ['FailedCreatePodSandBox', 'Failed'] as const;

/** Errors of the Host Compute Service and of processes started in containers. */
export const COMPUTE_ERRORS: readonly ErrorEntry[] = [
  {
    id: 'host-lacks-updates',
    match: [['createcomputesystem', 'the directory name is invalid']],
    where: SANDBOX_AND_START,
    title: 'The host refuses container layers because it lacks Windows updates',
    meaning:
      'the Host Compute Service of a build without the updates since September 2020 cannot mount the layers',
    remedy: [
      'Install the current cumulative update on the node, after `kubectl drain`.',
      'Replace the node by one made from a current image.',
    ],
    links: [
      issue('containerd/containerd', 10347),
      issue('rancher/rke2', 2203),
      issue('antrea-io/antrea', 2774),
    ],
  },
  {
    id: 'working-directory-invalid',
    match: [['createprocess', 'the directory name is invalid']],
    where: ['Failed'],
    title: 'The working directory does not exist in the container',
    meaning:
      '`workingDir`, or WORKDIR of the image, names a folder that is not in the container or is no Windows path',
    remedy: [
      'Correct `workingDir` of the container; Windows paths look like `C:\\app`.',
      'Create the folder in the image.',
    ],
    links: [issue('Azure/aks-engine', 5086)],
  },
  {
    id: 'compute-system-access-denied',
    match: [['createcomputesystem', 'access is denied']],
    where: SANDBOX_AND_START,
    title: 'The host denies the creation of the container',
    meaning:
      'the Host Compute Service may not open the layers or a mounted path: rights of the folder, or a security product',
    remedy: [
      'Look whether a security product holds the containerd root, and exclude it there.',
      'Check the rights of every hostPath folder that the pod mounts.',
    ],
    links: [issue(HCS, 2017)],
  },
  {
    id: 'compute-start-timeout',
    match: [
      ['hcs::system::start', 'context deadline exceeded'],
      ['createcomputesystem', 'context deadline exceeded'],
      ['0x80370109'],
      ['0x80370118'],
    ],
    where: [...SANDBOX_AND_START, 'containerd log'],
    title: 'The host does not start containers in time',
    meaning:
      'the Host Compute Service did not answer in time: the node is overloaded, or a virus scanner reads every layer',
    remedy: [
      'Look at CPU and disk of the node; start fewer pods at once.',
      'Exclude the containerd root from the virus scanner.',
      'Drain and reboot the node where it stays so.',
    ],
    links: [issue(K8S, 107561), issue('microsoft/Windows-Containers', 430)],
  },
  {
    id: 'sandbox-name-reserved',
    match: [['failed to reserve sandbox name'], ['failed to reserve container name']],
    where: SANDBOX_AND_START,
    title: 'An earlier try of the same pod is still being made',
    meaning: 'an earlier try to create it has not ended yet; what that one waits for is the fault',
    remedy: [
      'Look for the first error of the pod: `kubectl describe pod`.',
      'Drain and reboot the node where the earlier try never ends.',
    ],
    links: [issue(K8S, 107561)],
    fallout: true,
  },
  {
    id: 'host-process-logon-denied',
    match: [['failed to logon user', 'access is denied'], ['failed to create user process token']],
    where: ['Failed'],
    title: 'A HostProcess container cannot log its user on',
    meaning:
      'containerd runs as an account that may not create tokens for the user of the HostProcess container',
    remedy: [
      'Run the containerd service as LocalSystem.',
      'Choose `NT AUTHORITY\\SYSTEM` or a local group as `runAsUserName`.',
    ],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/'],
  },
  {
    id: 'container-exited-at-start',
    match: [['0x80370106'], ['0x80370100'], ['container exited unexpectedly']],
    where: SANDBOX_AND_START,
    title: 'The container ends while the host starts it',
    meaning:
      'Windows inside the container stopped before any process ran, mostly for want of memory or by a damaged base layer',
    remedy: [
      'Raise the memory limit of the container.',
      'Pull the image again on that node.',
      'Compare the build of the image with that of the node: `kubectl get nodes -L node.kubernetes.io/windows-build`.',
    ],
    links: [issue(HCS, 598)],
  },
  {
    id: 'entrypoint-not-found',
    match: [
      ['createprocess', 'the system cannot find the file specified'],
      ['createprocess', 'the system cannot find the path specified'],
    ],
    where: ['Failed'],
    title: 'The program to start is not in the image',
    meaning:
      'the command names a file that the container does not have, often a Linux command or a program without `.exe`',
    remedy: [
      'Correct `command` and `args`: `kubectl get pod -o yaml`; `sh` and `bash` are not there on Windows.',
      'Look for the file in the image, and name it by its whole path.',
    ],
    links: [issue('aws/containers-roadmap', 1915), issue('containerd/containerd', 6300)],
  },
  {
    id: 'wincat-missing',
    match: [['createprocess', 'wincat.exe', 'the system cannot find the file specified']],
    where: ['kubectl output', 'containerd log'],
    title: 'The pause image lacks what port-forward needs',
    meaning:
      'containerd before 2.0 forwards ports by `wincat.exe` of the pause image, and this pause image has none',
    remedy: [
      'Use a pause image of registry.k8s.io, or containerd 2.0.',
      'Reach the pod by a Service instead of port-forward.',
    ],
    links: [issue('Azure/AKS', 5460), issue('aws/containers-roadmap', 1104)],
    judgedBy: 'IMG009',
  },
  {
    id: 'compute-parameter-incorrect',
    match: [['createcomputesystem', 'the parameter is incorrect']],
    where: SANDBOX_AND_START,
    title: 'The host refuses the mounts or limits of the container',
    meaning:
      'a mount or a limit of the container is none that Windows takes: hostPath of a file, one path mounted twice, CPU of 0',
    remedy: [
      'Check every `volumeMount` and `hostPath`: Windows mounts folders.',
      'Check `resources` of the container.',
    ],
    links: [issue(K8S, 95547), issue('microsoft/Windows-Containers', 210)],
  },
  {
    id: 'mount-path-syntax',
    match: [['filename, directory name, or volume label syntax is incorrect']],
    where: ['Failed', 'FailedMount'],
    title: 'A mount path is no Windows path',
    meaning:
      'a path that the pod mounts has characters that Windows does not allow, or the shape of a Linux path',
    remedy: ['Correct `mountPath` and `hostPath`: no `:` but after the drive, none of `* ? " < > |`.'],
    links: [issue(HCS, 1386)],
  },
  {
    id: 'commit-exhausted',
    match: [['the paging file is too small'], ['0x5af'], ['0xc000012d']],
    where: SANDBOX_AND_START,
    title: 'The node has no memory left to commit',
    meaning: 'memory promised to processes has reached the size of memory and page file together',
    remedy: [
      'Give every Windows container a memory limit, so that the node is not overcommitted.',
      'Move pods off the node: `kubectl drain`.',
      'Enlarge the page file of the node, or use larger nodes.',
    ],
    links: [issue('Azure/AKS', 1941)],
    judgedBy: 'KBL007',
  },
  {
    id: 'system-resources-exhausted',
    match: [['insufficient system resources exist'], ['insufficient system resources'], ['0x5aa']],
    where: SANDBOX_AND_START,
    title: 'The node has run out of a kernel resource',
    meaning: 'the kernel has no more of something that a container needs: pool memory, ports or handles',
    remedy: ['Move pods off the node: `kubectl drain`.', 'Reboot it, then look for what leaks.'],
    links: [issue(HCS, 869)],
  },
  {
    id: 'compute-invalid-state',
    match: [['operation is not valid in the current state'], ['0x80370105']],
    where: [...SANDBOX_AND_START, 'FailedKillPod'],
    title: 'The container is not in a state for what was asked',
    meaning:
      'the container had ended, or was ending, when the runtime wanted to start or stop something in it',
    remedy: [
      'Look why the container ended: `kubectl logs --previous`.',
      'Delete the pod so that it is made afresh.',
    ],
    links: [issue('Azure/AKS', 1188), issue(K8S, 98509)],
  },
  {
    id: 'pipe-mount-in-host-process',
    match: [['named pipe mounts not supported for job containers']],
    where: ['Failed'],
    title: 'A HostProcess container mounts a named pipe',
    meaning: 'HostProcess containers see every pipe of the host, and the runtime refuses to mount one',
    remedy: ['Remove the `hostPath` volume of the pipe, and open the pipe directly.'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/'],
  },
  {
    id: 'hypervisor-absent',
    match: [['0x80370102'], ['0x80370114'], ['required feature is not installed']],
    where: SANDBOX_AND_START,
    title: 'The node lacks the Windows feature that the container needs',
    meaning: 'Hyper-V isolation, or containers at all, need a feature that is not installed on the node',
    remedy: [
      'Use process isolation: remove the RuntimeClass of a hypervisor handler.',
      'Install the feature on the node (`Install-WindowsFeature Containers`), which needs a reboot.',
    ],
    links: ['https://learn.microsoft.com/virtualization/api/hcs/reference/hcshresult'],
  },
  {
    id: 'compute-service-lost',
    match: [['0x8037011e'], ['host compute system service has disconnected']],
    where: SANDBOX_AND_START,
    title: 'The Host Compute Service of the node stopped',
    meaning: 'the service `vmcompute`, which makes containers, ended while it was being used',
    remedy: ['See whether it is back: `Get-Service vmcompute` on the node.', 'Drain and reboot the node.'],
    links: ['https://learn.microsoft.com/virtualization/api/hcs/reference/hcshresult'],
  },
];
