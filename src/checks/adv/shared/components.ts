import type {ComponentAdvisory} from '../../../data/advisories.ts';
import {parseRuntime} from '../../../data/containerd.ts';
import {splitImage} from '../../../data/image-tags.ts';
import {kubeProxies} from '../../../kube/kube-proxy.ts';
import type {Node, Pod} from '../../../kube/types.ts';
import type {Version} from '../../../kube/version.ts';
import {parseVersion} from '../../../kube/version.ts';
import type {Ref} from '../../define.ts';
import {ref} from '../../define.ts';
import {fileRefs} from '../../each-node.ts';
import type {CriVersion} from '../../../node/cri.ts';
import type {PerNode} from '../../../node/evidence.ts';
import {valueOn} from '../../../node/on-node.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';

/** A component on a node, and where its version was read. */
export interface Component {
  name: ComponentAdvisory['component'];
  version: Version;
  proof: Ref;
}

/** Versions of components on Windows nodes, by the name of the node; what containerd itself answers is newer than what the Node object says. */
export function componentsByNode(
  nodes: readonly Node[],
  pods: readonly Pod[],
  runtimes: Evidence<PerNode<CriVersion>>,
): Map<string, Component[]> {
  const found = new Map<string, Component[]>(nodes.map(n => [n.metadata.name, []]));
  for (const node of nodes) {
    const component = answered(node, runtimes) ?? reported(node);
    if (component) found.get(node.metadata.name)?.push(component);
  }
  for (const [node, {version, object, pointer, text}] of kubeProxies(nodes, pods)) {
    found.get(node)?.push({name: 'kube-proxy', version, proof: ref(object, pointer, text)});
  }
  for (const pod of pods) {
    const onNode = found.get(pod.nodeName ?? '');
    if (!onNode) continue;
    pod.spec.containers.forEach(({image = ''}, i) => {
      if (!image.includes('/csi-proxy')) return;
      const {repository, tag} = splitImage(image);
      const version = repository.endsWith('/csi-proxy') ? parseVersion(tag) : undefined;
      if (!version) return;
      onNode.push({name: 'csi-proxy', version, proof: ref(pod, `/spec/containers/${i}/image`, image)});
    });
  }
  return found;
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
