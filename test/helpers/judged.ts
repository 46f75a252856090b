import type {Check, CheckDefinition, Fail, Subject} from '../../src/checks/define.ts';
import {defineCheck, fail, ref} from '../../src/checks/define.ts';
import {judge} from '../../src/checks/engine.ts';
import {buildReport} from '../../src/report/build.ts';
import type {Sieve} from '../../src/report/build.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import type {DoctorReport} from '../../src/report/report.ts';
import {healthy} from './cluster.ts';
import type {TestCluster} from './cluster.ts';
import {windowsNode} from './raw-nodes.ts';

/** A check that fails on every Windows node, with whatever is said otherwise of its fails. */
export function nodeCheck(
  id: `NOD${number}`,
  more: Partial<Omit<Fail, 'status' | 'subject'>> & {subjectOf?: (name: string) => Subject} = {},
  many?: NonNullable<CheckDefinition<'nodes'>['many']>,
): Check {
  const {subjectOf, ...rest} = more;
  return defineCheck({
    id,
    name: 'always-failing',
    severity: 'warning',
    since: '0.1.0',
    title: 'Fails on every Windows node',
    evidence: ['A'],
    needs: ['nodes'],
    docs: {
      what: 'Nothing.',
      why: 'For tests.',
      fix: ['`kubectl get nodes`'],
      links: ['https://example.com/docs'],
    },
    *run({nodes}) {
      for (const node of nodes) {
        if (node.status.nodeInfo?.operatingSystem !== 'windows') continue;
        const found = fail(node, {
          cause: 'always',
          message: `node ${node.metadata.name} is not right`,
          evidence: [ref(node, '/metadata/name', node.metadata.name)],
          ...rest,
        });
        yield subjectOf ? {...found, subject: subjectOf(node.metadata.name)} : found;
      }
    },
    ...(many && {many}),
  });
}

/** The healthy cluster with so many Windows nodes. */
export function withWindowsNodes(n: number): TestCluster {
  const cluster = healthy();
  for (let i = 3; i <= n; i++) cluster.add(windowsNode(`win-${String(i).padStart(3, '0')}`, i % 250));
  return cluster;
}

/** The report of some checks on a cluster. */
export function reportOf(
  cluster: Pick<TestCluster, 'snapshot'>,
  checks: readonly Check[],
  sieves: Sieve[] = [],
): DoctorReport {
  const snapshot = cluster.snapshot();
  const run = {version: '0.1.0', timings: {collectMs: 1, judgeMs: 2}, sieves};
  return buildReport(snapshot, judge(snapshot, checks), run, bundleLocator(snapshot));
}
