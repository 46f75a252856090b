import type {Runtime} from '../../../data/containerd.ts';
import {parseRuntime} from '../../../data/containerd.ts';
import {nodesOf} from '../../../kube/os.ts';
import type {Node} from '../../../kube/types.ts';
import {missing} from '../../../snapshot/evidence.ts';
import type {Unknown} from '../../define.ts';
import {unknown} from '../../define.ts';

const POINTER = '/status/nodeInfo/containerRuntimeVersion';

/** A Windows node with the runtime that it reports; none where it reports nothing that can be read. */
export interface NodeRuntime {
  node: Node;
  runtime: Runtime | undefined;
  pointer: string;
}

/** Windows nodes with their runtimes. */
export function nodeRuntimes(nodes: readonly Node[]): NodeRuntime[] {
  return nodesOf('windows', nodes).map(node => ({
    node,
    runtime: parseRuntime(node.status.nodeInfo?.containerRuntimeVersion),
    pointer: POINTER,
  }));
}

/** Says that a node reports no version of containerd that can be one. */
export function noVersion({node}: NodeRuntime): Unknown {
  const text = node.status.nodeInfo?.containerRuntimeVersion;
  const detail = text
    ? `${JSON.stringify(text)} is no version of a container runtime`
    : 'the node reports no container runtime';
  return unknown(node, 'nodes', missing('unsupported', detail));
}
