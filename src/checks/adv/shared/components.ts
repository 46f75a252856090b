import type {ComponentAdvisory} from '../../../data/advisories.ts';
import {parseRuntime} from '../../../data/containerd.ts';
import {splitImage} from '../../../data/image-tags.ts';
import {containersOf} from '../../../kube/containers.ts';
import {kubeProxies} from '../../../kube/kube-proxy.ts';
import type {Node, Pod} from '../../../kube/types.ts';
import type {Version} from '../../../kube/version.ts';
import {formatVersion, parseVersion} from '../../../kube/version.ts';
import type {Ref} from '../../define.ts';
import {ref} from '../../define.ts';
import {fileRefs} from '../../each-node.ts';
import type {CriVersion} from '../../../node/cri.ts';
import type {PerNode} from '../../../node/evidence.ts';
import type {NodeLogMonitor} from '../../../node/logmonitor.ts';
import {valueOn} from '../../../node/on-node.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';

/** A component on a node, and where its version was read. */
export interface Component {
  name: ComponentAdvisory['component'];
  version: Version;
  proof: Ref;
  /** Where on the node, of what there may be several of. */
  where?: string;
}

/** Versions of components on Windows nodes, by the name of the node; what containerd itself answers is newer than what the Node object says. */
export function componentsByNode(
  nodes: readonly Node[],
  pods: readonly Pod[],
  {runtimes, logMonitors}: NodeVersions,
): Map<string, Component[]> {
  const found = new Map<string, Component[]>(nodes.map(n => [n.metadata.name, []]));
  for (const node of nodes) {
    const component = answered(node, runtimes) ?? reported(node);
    found.get(node.metadata.name)?.push(...(component ? [component] : []), ...monitorsOf(node, logMonitors));
  }
  for (const [node, {version, object, pointer, text}] of kubeProxies(nodes, pods)) {
    found.get(node)?.push({name: 'kube-proxy', version, proof: ref(object, pointer, text)});
  }
  for (const pod of pods) {
    const onNode = found.get(pod.nodeName ?? '');
    if (!onNode) continue;
    for (const {container, pointer} of containersOf(pod.spec)) {
      const {image = ''} = container;
      const {repository, tag} = splitImage(image);
      const name = BY_IMAGE.get(repository.slice(repository.lastIndexOf('/') + 1));
      const version = name && parseVersion(tag);
      if (version) onNode.push({name, version, proof: ref(pod, `/spec${pointer}/image`, image)});
    }
  }
  return found;
}

/** What agents tell of versions. */
export interface NodeVersions {
  runtimes: Evidence<PerNode<CriVersion>>;
  logMonitors: Evidence<PerNode<NodeLogMonitor>>;
}

/** Components by the last part of their image's name. */
const BY_IMAGE: ReadonlyMap<string, Component['name']> = new Map([
  ['csi-proxy', 'csi-proxy'],
  ['antrea-windows', 'antrea'],
  // It installs the plug-in of its version on the node.
  ['azure-cni', 'azure-cni'],
]);

/** LogMonitor calls itself so from 2.1.1 to 2.2.1: which of them it is nobody can tell by that. */
const MANY_IN_ONE = '2.1.1';

/** Each version of LogMonitor that a node runs, with the first container that has it. */
function monitorsOf(node: Node, logMonitors: Evidence<PerNode<NodeLogMonitor>>): Component[] {
  const at = fileRefs(node);
  const known = new Map<string, Component>();
  for (const {file, namespace, pod, container, version: text} of valueOn(logMonitors, node.metadata.name)
    ?.containers ?? []) {
    const version = parseVersion(text);
    const short = version && formatVersion(version);
    if (!version || short === undefined || short === MANY_IN_ONE || known.has(short)) continue;
    known.set(short, {
      name: 'LogMonitor',
      version,
      proof: at(file, '/version', text),
      where: `in container ${container} of ${namespace}/${pod}`,
    });
  }
  return [...known.values()];
}

/** containerd's own answer. */
function answered(node: Node, runtimes: Evidence<PerNode<CriVersion>>): Component | undefined {
  const {runtimeName, runtimeVersion} = valueOn(runtimes, node.metadata.name) ?? {};
  const version = runtimeName === 'containerd' ? parseVersion(runtimeVersion) : undefined;
  const proof = fileRefs(node)('cri/version.json', '/runtimeVersion', runtimeVersion);
  return version && {name: 'containerd', version, proof};
}

/** What the kubelet learnt when it last asked. */
function reported(node: Node): Component | undefined {
  const text = node.status.nodeInfo?.containerRuntimeVersion;
  const runtime = parseRuntime(text);
  if (runtime?.name !== 'containerd' || !runtime.version) return undefined;
  const proof = ref(node, '/status/nodeInfo/containerRuntimeVersion', text);
  return {name: 'containerd', version: runtime.version, proof};
}
