import type {ErrorEntry} from './entry.ts';
import {issue} from './entry.ts';

const RUNTIME = ['FailedCreatePodSandBox', 'Failed', 'kubelet log'] as const;

/** Errors of images as a whole, of the pause image and of the container runtime. */
export const RUNTIME_ERRORS: readonly ErrorEntry[] = [
  {
    id: 'image-build-mismatch',
    match: [
      ['operating system does not match the host operating system'],
      ['operating system of the container does not match'],
      ['0x80370101'],
    ],
    where: ['FailedCreatePodSandBox', 'Failed'],
    title: 'The image is for another Windows build than the node',
    meaning: 'process isolation needs an image of the build of the host, and this image is of another',
    remedy: [
      'Use the tag for the build of the node: `kubectl get nodes -L node.kubernetes.io/windows-build`.',
      'Pin the workload to nodes of its build by `node.kubernetes.io/windows-build`.',
    ],
    links: [
      issue('kubernetes-sigs/sig-windows-tools', 72),
      issue('kubernetes/kubernetes', 74066),
      issue('MicrosoftDocs/Virtualization-Documentation', 765),
    ],
    judgedBy: 'IMG003',
  },
  {
    id: 'no-windows-platform',
    match: [
      ['no matching manifest for windows'],
      ['no match for platform in manifest'],
      ['no matching manifest'],
    ],
    where: ['Failed', 'FailedCreatePodSandBox'],
    title: 'The image has no variant for this Windows',
    meaning: 'the manifest list of the image holds no entry that this node may run',
    remedy: [
      'Use a tag that has the build of the node.',
      'Pin the workload to the OS that its image is for.',
    ],
    links: [issue('rancher/rancher', 23161), issue('containerd/containerd', 7439)],
    judgedBy: 'IMG002',
  },
  {
    id: 'pause-image-unresolvable',
    match: [['failed to get sandbox image', 'no such host']],
    where: ['FailedCreatePodSandBox'],
    title: 'The registry of the pause image cannot be resolved',
    meaning: 'the node wants to pull its pause image, and its DNS does not know the registry',
    remedy: [
      'Check DNS of the node: `Resolve-DnsName registry.k8s.io`.',
      'Set a pause image that the node can reach in `config.toml`, or preload it.',
    ],
    links: [issue('kubernetes-sigs/sig-windows-dev-tools', 64)],
  },
  {
    id: 'eks-pause-image-gone',
    match: [['amazonaws.com/eks/pause-windows']],
    where: ['FailedCreatePodSandBox'],
    title: 'The pause image of the EKS node is gone',
    meaning: 'its name exists in no registry but only on the node, and image garbage collection removed it',
    remedy: [
      'Replace the node: its AMI brings the image.',
      'Keep disks below the threshold of image garbage collection.',
    ],
    links: [issue('awslabs/amazon-eks-ami', 1632)],
  },
  {
    id: 'pause-image-unavailable',
    match: [['failed to get sandbox image'], ['failed to pull image', '/pause']],
    where: ['FailedCreatePodSandBox'],
    title: 'The pause image cannot be had',
    meaning: 'no sandbox can start, because the node neither has its pause image nor can pull it',
    remedy: [
      'Pull it on the node, to see why: `crictl pull IMAGE`.',
      'Correct `sandbox` in `config.toml` of containerd.',
    ],
    links: [
      'https://kubernetes.io/docs/setup/production-environment/container-runtimes/#override-pause-image-containerd',
    ],
  },
  {
    id: 'containerd-unreachable',
    match: [
      ['pipe/containerd-containerd', 'cannot find the file'],
      ['pipe\\containerd-containerd', 'cannot find the file'],
      ['pipe\\\\containerd-containerd', 'cannot find the file'],
    ],
    where: [...RUNTIME, 'node condition'],
    title: 'containerd does not run on the node',
    meaning: 'the pipe of containerd is not there: its service is stopped or failed to start',
    remedy: [
      'See its state on the node: `Get-Service containerd`.',
      'Start it; where it stops again, read its log.',
    ],
    links: [issue('containerd/containerd', 9437)],
  },
  {
    id: 'runtime-connection-lost',
    match: [['error reading from server: eof'], ['transport is closing'], ['code = unavailable']],
    where: RUNTIME,
    title: 'containerd ended while the kubelet spoke with it',
    meaning: 'the connection to containerd broke: it crashed or was restarted at that moment',
    remedy: [
      'See whether it stays up: `Get-Service containerd` on the node.',
      'Read its log and `panic.log` in its root.',
    ],
    links: [issue('aws/amazon-vpc-cni-k8s', 2065)],
  },
  {
    id: 'pleg-unhealthy',
    match: [['pleg is not healthy'], ['pleg was last seen active']],
    where: ['node condition', 'kubelet log'],
    title: 'The kubelet cannot see the state of its containers in time',
    meaning: 'containerd answers too slowly: too many pods, tiny CPU limits, or a runtime that hangs',
    remedy: [
      'Look at CPU of the node, and move pods off it.',
      'Reserve CPU for the node: `systemReserved`, `kubeReserved`.',
      'Restart containerd, or drain and reboot the node.',
    ],
    links: [
      issue('kubernetes/kubernetes', 110143),
      issue('kubernetes/kubernetes', 93945),
      issue('Azure/AKS', 2042),
    ],
  },
  {
    id: 'runtime-handler-missing',
    match: [
      ['no runtime for', 'is configured'],
      ['runtime handler', 'not supported'],
    ],
    where: ['FailedCreatePodSandBox'],
    title: 'The node lacks the runtime handler of the RuntimeClass',
    meaning: 'containerd on the node has no runtime of the name that the RuntimeClass gives as handler',
    remedy: [
      'Compare `kubectl get runtimeclass` with `containerd.runtimes` in `config.toml` of the node.',
      'Select nodes that have the handler in `scheduling.nodeSelector` of the RuntimeClass.',
    ],
    links: [issue('containerd/containerd', 4884)],
  },
  {
    id: 'runtime-timeout',
    match: [['code = deadlineexceeded'], ['operation timeout: context deadline exceeded']],
    where: [...RUNTIME, 'FailedKillPod'],
    title: 'containerd does not answer the kubelet in time',
    meaning:
      'a call of the kubelet to containerd ran out of time: the node is overloaded, or HCS or HNS hangs',
    remedy: [
      'Look at CPU and disk of the node.',
      'See whether HNS answers on the node: `hnsdiag list networks`.',
      'Drain and reboot the node.',
    ],
    links: [issue('kubernetes/kubernetes', 110143)],
  },
];
