import type {HnsKind} from '../../../hns/readings.ts';
import type {PerNode} from '../../../node/evidence.ts';
import type {HnsState} from '../../../node/hns.ts';
import {generationGap} from '../../../node/hns-objects.ts';
import {onNode} from '../../../node/on-node.ts';
import type {Evidence, Missing} from '../../../snapshot/evidence.ts';
import {missing} from '../../../snapshot/evidence.ts';

/** Why fields that v1 alone knows (states, management addresses, extensions) are absent on a node. */
export function v1Gap(evidence: Evidence<PerNode<HnsState>>, node: string, kind: HnsKind): Missing {
  const state = onNode(evidence, node);
  if (!state.ok) return state;
  return (
    generationGap(state.value, kind, 'v1') ?? missing('unsupported', `HNS does not say it of its ${kind}`)
  );
}
