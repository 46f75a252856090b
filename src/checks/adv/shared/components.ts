import type {ComponentAdvisory} from '../../../data/advisories.ts';
import {parseRuntime} from '../../../data/containerd.ts';
import {splitImage} from '../../../data/image-tags.ts';
import {kubeProxies} from '../../../kube/kube-proxy.ts';
import type {Node, Pod} from '../../../kube/types.ts';
import type {Version} from '../../../kube/version.ts';
import {parseVersion} from '../../../kube/version.ts';
import type {Ref} from '../../define.ts';
import {ref} from '../../define.ts';

/** A component on a node, and where its version was read. */
export interface Component {
  name: ComponentAdvisory['component'];
  version: Version;
  proof: Ref;
}

/** Versions of components on Windows nodes that the API tells of, by the name of the node. */
export function componentsByNode(nodes: readonly Node[], pods: readonly Pod[]): Map<string, Component[]> {
  const found = new Map<string, Component[]>(nodes.map(n => [n.metadata.name, []]));
  for (const node of nodes) {
    const text = node.status.nodeInfo?.containerRuntimeVersion;
    const runtime = parseRuntime(text);
    if (runtime?.name !== 'containerd' || !runtime.version) continue;
    const proof = ref(node, '/status/nodeInfo/containerRuntimeVersion', text);
    found.get(node.metadata.name)?.push({name: 'containerd', version: runtime.version, proof});
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
