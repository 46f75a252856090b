import type {ErrorEntry} from './entry.ts';
import {issue} from './entry.ts';

const HCS = 'microsoft/hcsshim';
const NPD =
  'https://github.com/kubernetes/node-problem-detector/blob/master/config/windows-containerd-monitor-filelog.json';
const LAYER = ['Failed', 'FailedCreatePodSandBox', 'containerd log'] as const;
const PULL_AGAIN = 'Remove the image on that node and pull it again: `crictl rmi`, after `kubectl drain`.';

/** Errors of image layers: their unpacking, mounting and storage on the node. */
export const LAYER_ERRORS: readonly ErrorEntry[] = [
  {
    id: 'layer-device-not-ready',
    match: [
      ['preparelayer', 'the device is not ready'],
      ['preparelayer', '0x15'],
    ],
    where: LAYER,
    title: 'A container layer is not ready to mount',
    meaning: 'the disk of a container layer was still busy when it was to be mounted',
    remedy: ['Wait: the kubelet tries again.', 'Drain and reboot the node where it stays so.'],
    links: [issue(HCS, 919)],
  },
  {
    id: 'layer-parameter-incorrect',
    match: [['preparelayer', 'the parameter is incorrect']],
    where: LAYER,
    title: 'A container layer cannot be prepared',
    meaning:
      'the layer store of the node and the layer do not fit: another file system filter, or a volume that is not NTFS',
    remedy: ['See that the containerd root lies on NTFS.', PULL_AGAIN],
    links: [issue('containerd/nerdctl', 2402)],
  },
  {
    id: 'layer-filter-driver',
    match: [
      ['preparelayer', 'incorrect function'],
      ['processutilityvmimage', 'incorrect function'],
      ['processbaselayer', 'incorrect function'],
    ],
    where: LAYER,
    title: 'A filter driver keeps container layers from being mounted',
    meaning:
      'a file system filter of a security or backup product on the node stands between Windows and the layers',
    remedy: [
      'List the filters on the node: `fltmc filters`.',
      'Exclude the containerd root in that product, or remove the product.',
    ],
    links: [issue('dotnet/core', 6846), issue(HCS, 2294)],
  },
  {
    id: 'layer-of-other-build',
    match: [['processbaselayer', 'the specified module could not be found']],
    where: LAYER,
    title: 'The base layer is for another Windows build',
    meaning: 'the image was made for a Windows build that this node cannot unpack',
    remedy: [
      'Use the image of the build of the node: `kubectl get nodes -L node.kubernetes.io/windows-build`.',
    ],
    links: [issue(HCS, 1445)],
  },
  {
    id: 'layer-access-denied',
    match: [['processbaselayer', 'access is denied']],
    where: LAYER,
    title: 'Base layers cannot be unpacked on the node',
    meaning:
      'something on the node denies the writing of system files into a base layer, mostly a security product',
    remedy: ['Exclude the containerd root in the security product.', PULL_AGAIN],
    links: [issue(HCS, 2380)],
  },
  {
    id: 'linux-layer-on-windows',
    match: [['processbaselayer', 'cannot find the path specified']],
    where: LAYER,
    title: 'The image is no Windows image',
    meaning: 'its base layer lacks the folders that every Windows base layer has: it is an image for Linux',
    remedy: [
      'Pin the workload to Linux: `nodeSelector: {kubernetes.io/os: linux}`.',
      'Use the Windows variant of the image.',
    ],
    links: [issue(HCS, 2226)],
    judgedBy: 'IMG002',
  },
  {
    id: 'layer-in-use',
    match: [
      ['importlayer', '0x20'],
      ['importlayer', 'being used by another process'],
    ],
    where: LAYER,
    title: 'Another process holds files of a layer',
    meaning:
      'a file of the layer was open elsewhere while it was unpacked: a virus scanner, or a second pull of the same image',
    remedy: ['Exclude the containerd root from the virus scanner.', PULL_AGAIN],
    links: [issue('eksctl-io/eksctl', 5118)],
  },
  {
    id: 'layer-import-denied',
    match: [
      ['importlayer', '0x5'],
      ['importlayer', 'access is denied'],
    ],
    where: LAYER,
    title: 'The import of a layer is denied',
    meaning: 'a virus scanner on the node denies the unpacking of a layer',
    remedy: ['Exclude the containerd root from the virus scanner.', PULL_AGAIN],
    links: [issue('moby/moby', 35988), issue('docker/for-win', 1577)],
  },
  {
    id: 'registry-hive-corrupt',
    match: [['configuration registry database is corrupt'], ['0x3f1']],
    where: LAYER,
    title: 'The image holds registry hives that this Windows refuses',
    meaning:
      'an older HostProcess base image has empty registry hives, and Windows Server 2025 and 23H2 refuse them on import',
    remedy: [
      'Build the image on a newer HostProcess base image, with valid hives.',
      'Build it on `nanoserver` of the build of the node.',
    ],
    links: [issue('microsoft/Windows-Containers', 316)],
  },
  {
    id: 'layer-format-unknown',
    match: [['layer with an unrecognized format'], ['0x80370112']],
    where: LAYER,
    title: 'The node does not know the format of the layer',
    meaning: 'the image is for another Windows than the node: ltsc2025 layers do not run on build 26200',
    remedy: ['Use a node of a server build that the image is made for.'],
    links: [issue(HCS, 2566)],
  },
  {
    id: 'layer-digest-wrong',
    match: [['wrong diff id']],
    where: LAYER,
    title: 'An unpacked layer is not what the image says',
    meaning: 'the content of a layer on the node differs from its digest: the layer store is damaged',
    remedy: [PULL_AGAIN, 'Look for disk errors on the node.'],
    links: [NPD],
    judgedBy: 'CRI009',
  },
  {
    id: 'layer-archive-damaged',
    match: [['invalid tar header']],
    where: LAYER,
    title: 'A downloaded layer is damaged',
    meaning: 'the archive of a layer cannot be read: the download was cut or altered, often by a proxy',
    remedy: [PULL_AGAIN, 'Pull past the proxy once to see whether it is the cause.'],
    links: [NPD],
    judgedBy: 'CRI009',
  },
  {
    id: 'layer-chain-damaged',
    match: [['failed to unmarshall layerchain json']],
    where: LAYER,
    title: 'The list of layers of a snapshot is damaged',
    meaning: 'a power loss or a full disk left an empty `layerchain.json` in the layer store',
    remedy: [PULL_AGAIN, 'Replace the node.'],
    links: [NPD],
    judgedBy: 'CRI009',
  },
];
