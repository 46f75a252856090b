import type {Os} from '../kube/os.ts';
import {nodesOf, osOfNode} from '../kube/os.ts';
import type {Node} from '../kube/types.ts';
import type {NodeFacts, NodeKey, PerNode} from '../node/evidence.ts';
import {onNode} from '../node/on-node.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {collected, gapOf} from '../snapshot/evidence.ts';
import type {FileRef, Outcome} from './define.ts';
import {unknown} from './define.ts';
import {once} from '../once/once.ts';

/** One node with what its agent told. */
export interface SeenNode<K extends NodeKey> {
  node: Node;
  facts: {readonly [P in K]: NodeFacts[P]};
  /** What of these facts is missing: then nothing follows from what is not among them. */
  readonly gap: Missing | undefined;
  /** A place in a file of this node (`FileRef`). */
  readonly at: (file: string, pointer: string, value?: unknown) => FileRef;
}

/** The nodes of a cluster, and which of them is judged now. */
export interface Walk {
  readonly nodes: readonly Node[];
  /** Absent: all of them. */
  readonly only?: string;
}

/** The nodes of an operating system that are to be judged now: all of them, or one (`perNode`). */
export function nodesToJudge({nodes, only}: Walk, os: Os = 'windows'): Node[] {
  if (only === undefined) return nodesOf(os, nodes);
  const one = byName(nodes).get(only);
  return one ? nodesOf(os, [one]) : [];
}

const byName = once(
  (nodes: readonly Node[]): ReadonlyMap<string, Node> => new Map(nodes.map(n => [n.metadata.name, n])),
);

/** What `eachNode` walks: the cluster's nodes and what agents told of them. */
export type NodeInput<K extends NodeKey> = Walk & {
  readonly [P in K]: PerNode<NodeFacts[P]>;
};

/**
 * Judges node by node: one of which evidence is missing is `unknown` with its reason. Where a part of it is missing, faults
 * that the rest shows count, and a pass does not.
 */
export function* eachNode<const K extends NodeKey>(
  input: NodeInput<K>,
  keys: readonly K[],
  judge: (seen: SeenNode<K>) => Iterable<Outcome>,
  os: Os = 'windows',
): Generator<Outcome> {
  for (const node of nodesToJudge(input, os)) {
    const found = keys.map(key => {
      const perNode: PerNode<unknown> = input[key];
      return {key, evidence: onNode(collected(perNode), node.metadata.name)};
    });
    const absent = found.find(({evidence}) => !evidence.ok);
    if (absent && !absent.evidence.ok) {
      yield unknown(node, absent.key, absent.evidence);
      continue;
    }
    // Every key was read above, each by the type that `NodeFacts` has for it.
    const facts = Object.fromEntries(
      found.map(({key, evidence}) => [key, evidence.ok ? evidence.value : undefined]),
    ) as {[P in K]: NodeFacts[P]};
    const part = found.find(({evidence}) => gapOf(evidence));
    const gap = part && gapOf(part.evidence);
    for (const outcome of judge({node, facts, gap, at: fileRefs(node)})) {
      if (part && gap && outcome.status === 'pass') yield unknown(outcome.subject, part.key, gap);
      else yield outcome;
    }
  }
}

/** Makes places in the files of a node. */
export function fileRefs(node: Node): (file: string, pointer: string, value?: unknown) => FileRef {
  const os = osOfNode(node) === 'linux' ? 'linux' : 'windows';
  return (file, pointer, value) => ({
    node: node.metadata.name,
    os,
    file,
    pointer,
    ...(value !== undefined && {value}),
  });
}
