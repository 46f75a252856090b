import {osOfNode} from '../../kube/os.ts';
import type {Condition, Lease, Node} from '../../kube/types.ts';
import type {Ref, Unknown} from '../define.ts';
import {ref, subjectOf} from '../define.ts';

/** The nodes that run Windows. */
export function windowsNodes(nodes: readonly Node[]): Node[] {
  return nodes.filter(node => osOfNode(node) === 'windows');
}

/** Conditions of a node with the pointer of each. */
export function conditionsOf(node: Node): {condition: Condition; pointer: string}[] {
  return (node.status.conditions ?? []).map((condition, i) => ({
    condition,
    pointer: `/status/conditions/${i}`,
  }));
}

/** A condition as evidence: its status, then its reason where it has one. */
export function conditionRefs(
  node: Node,
  {condition, pointer}: {condition: Condition; pointer: string},
): Ref[] {
  const {status, reason} = condition;
  return [
    ref(node, `${pointer}/status`, status),
    ...(reason ? [ref(node, `${pointer}/reason`, reason)] : []),
  ];
}

/** Says that a Node object lacks the field that a check reads. */
export function lacks(node: Node, field: string): Unknown {
  return {
    status: 'unknown',
    subject: subjectOf(node),
    evidence: 'nodes',
    reason: 'unsupported',
    detail: `the Node object has no ${field}`,
  };
}

/** Leases by the name of their node. */
export function leasesByNode(leases: readonly Lease[]): Map<string, Lease> {
  return new Map(leases.map(lease => [lease.metadata.name, lease]));
}
