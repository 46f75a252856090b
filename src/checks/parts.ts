import type {KubeObject} from '../kube/types.ts';
import type {Fail, Part, Retell} from './define.ts';
import {fail} from './define.ts';

/** A fail on a node that tells of several of its things together, one or more. */
export function failOfParts(
  node: KubeObject,
  retell: Retell,
  {
    parts,
    ...rest
  }: Omit<Fail, 'status' | 'subject' | 'message' | 'evidence' | 'parts'> & {parts: readonly Part[]},
): Fail {
  return fail(node, {
    ...rest,
    parts,
    message: retell({cause: rest.cause, node: node.metadata.name}, parts),
    evidence: parts.flatMap(part => part.evidence),
  });
}
