import type {Condition, Lease, Node} from '../../../kube/types.ts';
import {missing} from '../../../snapshot/evidence.ts';
import type {Ref, Unknown} from '../../define.ts';
import {ref, unknown} from '../../define.ts';

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
  return unknown(node, 'nodes', missing('unsupported', `the Node object has no ${field}`));
}

/** Leases by the name of their node. */
export function leasesByNode(leases: readonly Lease[]): Map<string, Lease> {
  return new Map(leases.map(lease => [lease.metadata.name, lease]));
}
