import type {Runtime} from '../../data/containerd.ts';
import {parseRuntime} from '../../data/containerd.ts';
import {osOfNode} from '../../kube/os.ts';
import type {Condition, Node} from '../../kube/types.ts';
import type {Unknown} from '../define.ts';
import {subjectOf} from '../define.ts';

const POINTER = '/status/nodeInfo/containerRuntimeVersion';

/** A Windows node with the runtime that it reports; none where it reports nothing that can be read. */
export interface NodeRuntime {
  node: Node;
  runtime: Runtime | undefined;
  pointer: string;
}

/** Windows nodes with their runtimes. */
export function nodeRuntimes(nodes: readonly Node[]): NodeRuntime[] {
  return windowsNodes(nodes).map(node => ({
    node,
    runtime: parseRuntime(node.status.nodeInfo?.containerRuntimeVersion),
    pointer: POINTER,
  }));
}

/** The nodes that run Windows. */
export function windowsNodes(nodes: readonly Node[]): Node[] {
  return nodes.filter(node => osOfNode(node) === 'windows');
}

/** Says that a node reports no version of containerd that can be one. */
export function noVersion({node}: NodeRuntime): Unknown {
  const text = node.status.nodeInfo?.containerRuntimeVersion;
  return {
    status: 'unknown',
    subject: subjectOf(node),
    evidence: 'nodes',
    reason: 'unsupported',
    detail: text
      ? `${JSON.stringify(text)} is no version of a container runtime`
      : 'the node reports no container runtime',
  };
}

/** The Ready condition of a node where it is not True, with its pointer. */
export function notReady(node: Node): {condition: Condition; pointer: string} | undefined {
  const conditions = node.status.conditions ?? [];
  const index = conditions.findIndex(c => c.type === 'Ready');
  const condition = conditions[index];
  return condition && condition.status !== 'True'
    ? {condition, pointer: `/status/conditions/${index}`}
    : undefined;
}
