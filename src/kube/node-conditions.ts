import type {Condition, Node} from './types.ts';

/** A condition of a node and its JSON pointer. */
export interface PlacedCondition {
  condition: Condition;
  pointer: string;
}

/** Conditions of a node, as its kubelet and others have set them. */
export function conditionsOf(node: Node): PlacedCondition[] {
  return (node.status.conditions ?? []).map((condition, i) => ({
    condition,
    pointer: `/status/conditions/${i}`,
  }));
}

/** The condition Ready of a node where it is not True. */
export function notReady(node: Node): PlacedCondition | undefined {
  const ready = conditionsOf(node).find(({condition}) => condition.type === 'Ready');
  return ready?.condition.status === 'True' ? undefined : ready;
}

/** Whether the condition Ready of a node is True. */
export function isNodeReady(node: Node): boolean {
  return node.status.conditions?.some(c => c.type === 'Ready' && c.status === 'True') ?? false;
}
