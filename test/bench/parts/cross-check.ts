/**
 * Cross-checks a fleet's bundle, each node read, judged and forgotten, and prints a `CrossChecked` as JSON: `node cross-check.ts FOLDER`.
 */
import {NodeJudge} from '../../../src/checks/by-node.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {loadSnapshotFrom} from '../../../plugin/capture/load.ts';
import {JudgingVisitor} from '../../../plugin/services/judging-visitor.ts';

/** What came of it. */
export interface CrossChecked {
  /** Since the API was read, to the judgement. */
  tookMs: number;
  /** Bytes once the API was read, and at most. */
  apiBytes: number;
  peakBytes: number;
  nodes: number;
  /** Checks that threw, and faults that were found. */
  threw: number;
  failed: number;
}

const [folder = ''] = process.argv.slice(2);
const checks = CHECKS.filter(({area, id}) => area === 'HNS' || area === 'SVC' || id === 'CNI003');
const judge = new NodeJudge(checks, 'support');
let begun = 0;
let apiBytes = 0;
const visitor = new JudgingVisitor(judge, {
  asked: (read: Snapshot): Snapshot => {
    begun = performance.now();
    apiBytes = process.memoryUsage().rss;
    return read;
  },
  chosen: () => undefined,
  share: {checks: new Set(checks.map(({id}) => id)), profile: 'support', wanted: undefined},
});
const {snapshot} = await visitor.during(() => loadSnapshotFrom(folder, {visitor}));
const judgement = judge.judgement(snapshot);
const tookMs = performance.now() - begun;
const nodes = snapshot.evidence['node.agent'];
const found: CrossChecked = {
  tookMs,
  apiBytes,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  nodes: nodes?.ok ? nodes.value.size : 0,
  threw: judgement.problems.length,
  failed: judgement.counts.fail,
};
console.log(JSON.stringify(found));
