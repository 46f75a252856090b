import test from 'ava';
import * as fc from 'fast-check';
import {NodeJudge} from '../../src/checks/by-node.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import {judge} from '../../src/checks/engine.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {judgedByNode} from '../helpers/by-node.ts';
import {healthy, healthyWithAgents} from '../helpers/cluster.ts';
import {healthyNode} from '../helpers/healthy-node.ts';
import type {TestNode} from '../helpers/node-files.ts';
import type {Json} from '../helpers/raw.ts';
import {windowsNode} from '../helpers/raw-nodes.ts';

const FILES = healthyNode('win-1').texts.map(([file]) => file);

/** What becomes of one file of a node: it is not there, is broken, loses or doubles what it lists. */
const HARMS = {
  absent: (node: TestNode, file: string) => node.remove(file),
  broken: (node: TestNode, file: string) => node.set(file, '{"cut'),
  empty: (node: TestNode, file: string) => node.set(file, Array.isArray(node.get(file)) ? [] : {}),
  doubled: (node: TestNode, file: string) => {
    const value: Json = node.get(file);
    return node.set(file, Array.isArray(value) ? [...value, ...value] : value);
  },
};

const harms = fc.array(
  fc.record({
    node: fc.integer({min: 1, max: 6}),
    file: fc.constantFrom(...FILES),
    harm: fc.constantFrom(...Object.values(HARMS)),
  }),
  {maxLength: 12},
);

/** Six nodes with agents, some files of which came to harm, and a seventh without. */
function fleet(done: readonly {node: number; file: string; harm: (typeof HARMS)['absent']}[]) {
  const cluster = healthy();
  for (let i = 3; i <= 7; i++) cluster.add(windowsNode(`win-${i}`, i));
  const nodes = [1, 2, 3, 4, 5, 6].map(i => healthyNode(`win-${i}`));
  const gone = new Set<string>();
  for (const {node: at, file, harm} of done) {
    const node = nodes[at - 1];
    // Files about pods are named after them.
    if (!node?.texts.some(([name]) => name === file) || gone.has(`${at} ${file}`)) continue;
    gone.add(`${at} ${file}`);
    harm(node, file);
  }
  return cluster.agents(...nodes);
}

test('a fleet judged node by node is told what it is told as a whole', t => {
  fc.assert(
    fc.property(harms, done => {
      const snapshot = fleet(done).snapshot();
      t.deepEqual(comparable(judgedByNode(snapshot, CHECKS)), comparable(judge(snapshot, CHECKS)));
    }),
    {numRuns: 60, includeErrorInReport: true},
  );
});

test('without nodes, or where they may not be listed, both ways say the same', t => {
  for (const cluster of [
    healthyWithAgents().removeAll('Node'),
    healthyWithAgents().without('nodes'),
    healthyWithAgents().partly('nodes'),
    healthy(),
  ]) {
    const snapshot = cluster.snapshot();
    t.deepEqual(comparable(judgedByNode(snapshot, CHECKS)), comparable(judge(snapshot, CHECKS)));
  }
});

test('evidence that only checks of single nodes read may be let go, other evidence stays', t => {
  const {letGo} = new NodeJudge(CHECKS, 'support');
  for (const check of CHECKS.filter(c => !c.perNode)) {
    for (const key of [...check.needs, ...check.wants, ...check.passNeeds]) {
      t.false(
        [...letGo].some(k => k === key),
        `${check.id} reads ${key}`,
      );
    }
  }
  t.true(letGo.size > 0);
});

test('a check of single nodes asks for no other evidence before it passes', t => {
  t.deepEqual(
    CHECKS.filter(c => c.perNode && c.passNeeds.length > 0).map(c => c.id),
    [],
  );
});

/** Everything but the stack of a bug, which there is none of. */
function comparable({fails, gaps, problems, counts}: Judgement): object {
  return {fails: fails.map(({check, fails: said}) => ({id: check.id, said})), gaps, problems, counts};
}
