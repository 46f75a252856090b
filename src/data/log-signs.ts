import type {PodErrorKind} from '../node/pod-errors.ts';

/** A line of a node's log that means something to a check. */
export interface LogSign {
  id:
    | 'layer-store-corrupt'
    | 'pleg-unhealthy'
    | 'certificate-expired'
    | 'kube-proxy-forbidden'
    | 'image-pulled'
    | PodErrorKind;
  /** Folders below `logs/` that it is looked for in. */
  components: readonly string[];
  /** Text that the line holds. */
  contains: string;
  /** What it must match beside that. */
  matches?: RegExp;
  source: string;
}

const CONTAINERD = ['containerd', 'rke2'];
const KUBELET = ['kubelet', 'rke2'];
const KUBE_PROXY = ['kube-proxy', 'kubeproxy', 'rke2'];
const NPD =
  'https://github.com/kubernetes/node-problem-detector/blob/master/config/windows-containerd-monitor-filelog.json';
const CRI =
  'https://github.com/containerd/containerd/blob/main/internal/cri/instrument/instrumented_service.go';
const SYNC = 'https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/pod_workers.go';

/** Lines that are kept of log files; everything else is dropped when a file is taken in. */
export const LOG_SIGNS: readonly LogSign[] = [
  {
    id: 'layer-store-corrupt',
    components: CONTAINERD,
    contains: 'wrong diff id calculated on extraction',
    source: NPD,
  },
  {
    id: 'layer-store-corrupt',
    components: CONTAINERD,
    contains: 'archive/tar: invalid tar header',
    source: NPD,
  },
  {
    id: 'layer-store-corrupt',
    components: CONTAINERD,
    contains: 'Failed to unmarshall layerchain json',
    source: NPD,
  },
  {
    id: 'pleg-unhealthy',
    components: KUBELET,
    contains: 'PLEG is not healthy',
    source: 'https://github.com/kubernetes/kubernetes/issues/110143',
  },
  {
    id: 'certificate-expired',
    components: KUBELET,
    contains: 'certificate has expired or is not yet valid',
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/',
  },
  {
    id: 'kube-proxy-forbidden',
    components: KUBE_PROXY,
    contains: 'is forbidden',
    matches: /cannot (?:list|watch|get) resource/,
    source: 'https://github.com/aws/containers-roadmap/issues/240',
  },
  {
    id: 'image-pulled',
    components: CONTAINERD,
    contains: 'msg="Pulled image ',
    source: 'https://github.com/containerd/containerd/blob/main/internal/cri/server/images/image_pull.go',
  },
  {id: 'sandbox-failed', components: CONTAINERD, contains: 'msg="RunPodSandbox for ', source: CRI},
  {id: 'sandbox-failed', components: KUBELET, contains: 'CreatePodSandboxError', source: SYNC},
  {id: 'container-failed', components: KUBELET, contains: 'StartContainer', source: SYNC},
  {
    id: 'mount-failed',
    components: KUBELET,
    contains: 'MountVolume.',
    source: 'https://github.com/kubernetes/kubernetes/blob/master/pkg/volume/util/types/types.go',
  },
];
