import {BUILD_LABEL, OS_LABELS} from './os.ts';
import type {Os} from './os.ts';
import type {Node} from './types.ts';

/** Builds of Windows Server that Kubernetes has run on: a model node of each answers `windows-build` selectors. */
const MODEL_BUILDS = ['10.0.17763', '10.0.20348', '10.0.25398', '10.0.26100'] as const;
const LINUX_ARCHITECTURES = ['amd64', 'arm64'] as const;

/**
 * Labels that say where a node stands, not what it runs: a model node is taken to carry any value of them.
 * https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export const PLACE_LABELS: ReadonlySet<string> = new Set([
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
]);

/** Nodes as any mixed cluster has them, with no taints: what manifests are judged on where no cluster is known. */
export const MODEL_NODES: readonly Node[] = [
  ...LINUX_ARCHITECTURES.map(arch => modelNode('linux', arch, {})),
  modelNode('linux', 'amd64', {'node-role.kubernetes.io/control-plane': ''}),
  ...MODEL_BUILDS.map(build => modelNode('windows', 'amd64', {[BUILD_LABEL]: build})),
];

function modelNode(os: Os, arch: string, labels: Record<string, string>): Node {
  const standard = Object.fromEntries(OS_LABELS.map(key => [key, os]));
  const arches = {'kubernetes.io/arch': arch, 'beta.kubernetes.io/arch': arch};
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {name: `model-${os}-${arch}`, labels: {...standard, ...arches, ...labels}},
    spec: {},
    status: {nodeInfo: {operatingSystem: os, architecture: arch}},
  };
}
