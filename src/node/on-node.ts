import type {Evidence} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';
import type {PerNode} from './evidence.ts';

/** The evidence of one node. A node that no agent was asked about is missing as not requested. */
export function onNode<T>(evidence: Evidence<PerNode<T>>, node: string): Evidence<T> {
  if (!evidence.ok) return evidence;
  return evidence.value.get(node) ?? missing('not-requested', `no agent was asked about ${node}`);
}

/** The value of one node where it is there, whole or in part. */
export function valueOn<T>(evidence: Evidence<PerNode<T>>, node: string): T | undefined {
  const found = onNode(evidence, node);
  return found.ok ? found.value : undefined;
}
