import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {Check, Severity} from '../../src/checks/define.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import {judge} from '../../src/checks/engine.ts';
import type {ProfileName} from '../../src/checks/define.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {judgedByNode} from './by-node.ts';
import type {TestCluster} from './cluster.ts';
import {assertSameRenamed} from './renamed.ts';
import {unproven} from './proofs.ts';

/** What a failing case must show: severity, subjects (`Kind/namespace/name`), and words of the message. */
export interface Expected {
  severity?: Severity;
  subjects: string[];
  says?: RegExp;
  cause?: string;
}

/** Pseudonyms change nothing of what is found: in each case of each check, where there is time for it. */
const EVERY_CASE_RENAMED = process.env['KUBECTL_WIN_FULL'] === '1';

type Given = TestCluster | Snapshot;

/** All cases of one check. Each kind must be there: a fault seen, a healthy state passed, evidence missing. */
export interface Cases {
  check: Check;
  profile?: ProfileName;
  /** Title is the fact; the fault stands in the cluster. */
  finds: Record<string, () => [Given, Expected]>;
  /** No fail and no unknown. */
  passes: Record<string, () => Given>;
  /** No fail, and this evidence named as missing. */
  unknown: Record<string, () => [Given, string]>;
}

/** Registers one test for each case. */
export function checkCases(cases: Cases): void {
  const {check, finds, passes, unknown} = cases;
  for (const [title, given] of Object.entries(finds)) {
    test(`${check.id} finds: ${title}`, async t => {
      const [cluster, expected] = given();
      const {fails, problems} = run(t, cases, cluster);
      t.deepEqual(problems, []);
      const found = fails[0]?.fails ?? [];
      const subjects = [
        ...new Set(found.map(f => `${f.subject.kind}/${f.subject.namespace ?? ''}/${f.subject.name}`)),
      ];
      t.deepEqual(subjects.sort(), [...expected.subjects].sort());
      if (expected.severity) {
        t.deepEqual([...new Set(found.map(f => f.severity ?? check.severity))], [expected.severity]);
      }
      if (expected.says) for (const fail of found) t.regex(fail.message, expected.says);
      if (expected.cause !== undefined) t.deepEqual([...new Set(found.map(f => f.cause))], [expected.cause]);
      for (const f of found) if (f.parts) t.is(check.retell?.(f, f.parts), f.message);
      t.true(
        found.every(f => f.evidence.length > 0),
        'every fail names its evidence',
      );
      if (!('evidence' in cluster)) {
        t.deepEqual(
          found.flatMap(f => unproven(f.evidence, cluster.objects, cluster.nodes)),
          [],
          'every fact stands where it is said to',
        );
        if (EVERY_CASE_RENAMED) await assertSameRenamed(t, cluster, [check], cases.profile);
      }
    });
  }
  for (const [title, given] of Object.entries(passes)) {
    test(`${check.id} passes: ${title}`, t => {
      const cluster = given();
      const judgement = run(t, cases, cluster);
      t.deepEqual(judgement.problems, []);
      t.deepEqual(
        judgement.fails.flatMap(f => f.fails.map(x => x.message)),
        [],
      );
      // An `A N` check may not pass by the API alone: without an agent it says what it did not see.
      const asked = !('evidence' in cluster) && cluster.nodes.size > 0;
      const gaps = judgement.gaps.filter(g => asked || !check.passNeeds.some(key => key === g.evidence));
      t.deepEqual(gaps, []);
    });
  }
  for (const [title, given] of Object.entries(unknown)) {
    test(`${check.id} is unknown: ${title}`, t => {
      const [cluster, evidence] = given();
      const judgement = run(t, cases, cluster);
      t.deepEqual(judgement.problems, []);
      t.deepEqual(
        judgement.fails.flatMap(f => f.fails.map(x => x.message)),
        [],
      );
      t.true(
        judgement.gaps.some(g => g.evidence === evidence),
        `${evidence} is named as missing`,
      );
    });
  }
}

function run(t: ExecutionContext, {check, profile}: Cases, given: Given): Judgement {
  const snapshot = 'evidence' in given ? given : given.snapshot();
  const judgement = judge(snapshot, [check], profile);
  if (check.perNode) {
    t.deepEqual(judgedByNode(snapshot, [check], profile), judgement, 'node by node it says the same');
  }
  return judgement;
}
