import {NodeJudge} from '../../src/checks/by-node.ts';
import type {Check, ProfileName} from '../../src/checks/define.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import type {PerNode} from '../../src/node/evidence.ts';
import {NODE_KEYS} from '../../src/node/evidence.ts';
import type {Evidence} from '../../src/snapshot/evidence.ts';
import {collected, missing} from '../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';

/** Judges node by node, the last node first, and forgets of each what may be let go, as a run over a fleet does. */
export function judgedByNode(
  snapshot: Snapshot,
  checks: readonly Check[],
  profile: ProfileName = 'support',
): Judgement {
  const nodes = new NodeJudge(checks, profile);
  for (const name of [...seenNodes(snapshot)].reverse()) nodes.node(oneNode(snapshot, name), name);
  return nodes.judgement(without(snapshot, nodes.letGo));
}

function seenNodes(snapshot: Snapshot): Set<string> {
  return new Set(
    NODE_KEYS.flatMap(key => {
      const perNode = evidenceOf(snapshot, key);
      return perNode.ok ? [...perNode.value.keys()] : [];
    }),
  );
}

function oneNode(snapshot: Snapshot, name: string): Snapshot {
  const evidence = {...snapshot.evidence};
  for (const key of NODE_KEYS) {
    const perNode: Evidence<PerNode<unknown>> | undefined = evidence[key];
    if (!perNode?.ok) continue;
    const found = [...perNode.value].filter(([node]) => node === name);
    Object.assign(evidence, {[key]: collected(new Map(found), perNode.partial)});
  }
  return {...snapshot, evidence};
}

function without(snapshot: Snapshot, letGo: NodeJudge['letGo']): Snapshot {
  const evidence = {...snapshot.evidence};
  const gone = missing('not-requested', 'let go');
  for (const key of letGo) {
    const perNode: Evidence<PerNode<unknown>> | undefined = evidence[key];
    if (!perNode?.ok) continue;
    Object.assign(evidence, {[key]: collected(new Map([...perNode.value.keys()].map(n => [n, gone])))});
  }
  return {...snapshot, evidence};
}
