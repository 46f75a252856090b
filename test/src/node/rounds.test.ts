import test from 'ava';
import {NodeIntake} from '../../../src/node/intake.ts';
import {NodeRounds} from '../../../src/node/rounds.ts';
import type {NodeHelper, NodeVisitor} from '../../../src/node/visitor.ts';
import {SnapshotAssembler} from '../../../src/snapshot/assemble.ts';
import {NOW} from '../../helpers/raw.ts';

const api = new SnapshotAssembler().build({kind: 'cluster', name: 'test', collectedAt: NOW}, NOW);

/** A visitor whose helper takes the nodes that it is told. */
function helped(...names: string[]): {visitor: NodeVisitor; visited: string[]; ended: string[]} {
  const taken = new NodeIntake();
  const ended: string[] = [];
  const visited: string[] = [];
  const helper: NodeHelper = {
    take: node => (names.includes(node) ? news => taken.tell(node, news) : undefined),
    ended: node => void ended.push(node),
    settled: () => Promise.resolve(new Map(ended.map(node => [node, taken.stateOf(node)]))),
  };
  const visitor = {
    letGo: new Set<never>(),
    helper,
    begin: () => {},
    node: (n: string) => void visited.push(n),
  };
  return {visitor, visited, ended};
}

function tell(intake: NodeIntake, node: string): void {
  intake.expect(node, 'windows');
  intake.file(node, {file: 'services.json', text: '[{"name": "hns", "state": "Running"}]'});
}

test('what a helper knows of its nodes is known here in the end, and the others are visited here', async t => {
  const {visitor, visited, ended} = helped('win-1');
  const intake = new NodeIntake();
  const rounds = new NodeRounds(intake, visitor, api);
  for (const node of ['win-1', 'win-2']) {
    tell(intake, node);
    rounds.ended(node);
  }
  await rounds.end();
  t.deepEqual([visited, ended], [['win-2'], ['win-1']]);
  t.deepEqual(intake.stateOf('win-1').values, intake.stateOf('win-2').values);
});

test('a helper is told of the end of a node that broke off, once', async t => {
  const {visitor, ended} = helped('win-1', 'win-2');
  const intake = new NodeIntake();
  const rounds = new NodeRounds(intake, visitor, api);
  for (const node of ['win-1', 'win-2']) tell(intake, node);
  rounds.ended('win-1');
  await rounds.end();
  t.deepEqual(ended, ['win-1', 'win-2']);
});
