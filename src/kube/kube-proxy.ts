import {splitImage} from '../data/image-tags.ts';
import {isManagedNode} from './provider.ts';
import type {KubeObject, Node, Pod} from './types.ts';
import type {Version} from './version.ts';
import {parseVersion} from './version.ts';

/** The version of a node's kube-proxy and where it was read. */
export interface KubeProxy {
  version: Version;
  object: KubeObject;
  pointer: string;
  text: string;
}

/**
 * The kube-proxy of each node by the node's name: from the image of its pod, else from the Node object, where providers
 * run it as a service beside the kubelet. Since 1.33 the Node object leaves it out; of kubelets on nodes that providers
 * manage it is the same release (https://kubernetes.io/docs/reference/node/node-status/#info).
 */
export function kubeProxies(nodes: readonly Node[], pods: readonly Pod[]): Map<string, KubeProxy> {
  const found = new Map<string, KubeProxy>();
  for (const node of nodes) {
    const {kubeProxyVersion, kubeletVersion} = node.status.nodeInfo ?? {};
    const field = kubeProxyVersion ? 'kubeProxyVersion' : 'kubeletVersion';
    const text = kubeProxyVersion || (isManagedNode(node) ? kubeletVersion : undefined);
    const version = parseVersion(text);
    if (!version || text === undefined) continue;
    found.set(node.metadata.name, {version, object: node, pointer: `/status/nodeInfo/${field}`, text});
  }
  for (const pod of pods) {
    if (pod.nodeName === undefined) continue;
    pod.spec.containers.forEach(({image = ''}, i) => {
      // Of a hundred thousand pods few are: the cheap look first.
      if (!image.includes('/kube-proxy')) return;
      const {repository, tag} = splitImage(image);
      const version = repository.endsWith('/kube-proxy') ? parseVersion(tag) : undefined;
      if (!version || pod.nodeName === undefined) return;
      found.set(pod.nodeName, {version, object: pod, pointer: `/spec/containers/${i}/image`, text: image});
    });
  }
  return found;
}
