import type {Check, Fail} from '../checks/define.ts';
import type {HnsChoice} from '../inventory/hns/selection.ts';
import {nameText} from '../inventory/hns/view.ts';
import {fingerprintOf} from '../report/group.ts';
import {renderSvg} from '../report/graph/svg.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {hnsGraph} from './build.ts';
import {comparedNode} from './compared.ts';
import type {Compared} from './compared.ts';
import {faultsOf} from './graph.ts';

/** Areas whose findings are ways through HNS that are broken. */
const AREAS: ReadonlySet<string> = new Set(['HNS', 'SVC']);

/** Draws one picture for each finding of HNS and of load balancers: of the first subject that has one. */
export class FindingPictures {
  readonly #pictures = new Map<string, string>();

  /** Pictures as SVG by the fingerprint of their finding. */
  get byFingerprint(): ReadonlyMap<string, string> {
    return this.#pictures;
  }

  /** Takes what a check said of one node, of which the Snapshot has everything. */
  take(snapshot: Snapshot, node: string, said: Iterable<{check: Check; fails: readonly Fail[]}>): void {
    let compared: Compared | undefined;
    for (const {check, fails} of said) {
      if (!AREAS.has(check.area)) continue;
      for (const fail of fails) {
        const fingerprint = fingerprintOf(check.id, fail.cause);
        const choice = choiceOf(fail);
        if (!choice || this.#pictures.has(fingerprint)) continue;
        compared ??= comparedNode(snapshot, node);
        const graph = hnsGraph(compared, choice);
        if (faultsOf(graph).length > 0) {
          this.#pictures.set(fingerprint, renderSvg([graph], {standalone: false}));
        }
      }
    }
  }
}

function choiceOf({subject: {kind, namespace = '', name}}: Fail): HnsChoice | undefined {
  if (kind === 'Service') return {service: {namespace, name}};
  return kind === 'Pod' ? {pods: new Set([nameText({namespace, name})])} : undefined;
}
