import test from 'ava';
import {loadCapture} from '../../../src/capture/load.ts';
import {NODE_KEYS} from '../../../src/node/evidence.ts';
import type {NodeKey, PerNode} from '../../../src/node/evidence.ts';
import type {NodeVisitor} from '../../../src/node/visitor.ts';
import type {Evidence} from '../../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {bundleOf} from '../../helpers/bundle-folder.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {NOW} from '../../helpers/raw.ts';

const options = {fallbackTime: NOW};

/** Remembers whom it was shown, and what. */
class Visits implements NodeVisitor {
  readonly letGo: ReadonlySet<NodeKey>;
  readonly nodes = new Map<string, Snapshot['evidence']>();
  api: Snapshot | undefined;

  constructor(...letGo: NodeKey[]) {
    this.letGo = new Set(letGo);
  }

  begin(api: Snapshot): void {
    if (this.api) throw new Error('begun twice');
    this.api = api;
  }

  node(name: string, evidence: Snapshot['evidence']): void {
    if (this.nodes.has(name)) throw new Error(`${name} came twice`);
    this.nodes.set(name, evidence);
  }
}

function perNode(evidence: Snapshot['evidence'] | undefined, key: NodeKey): PerNode<unknown> {
  const found: Evidence<PerNode<unknown>> | undefined = evidence?.[key];
  return found?.ok ? found.value : new Map();
}

test('a visitor is shown the API once, then each node alone, with what the whole has of it', async t => {
  const files = bundleOf(healthyWithAgents());
  const visits = new Visits();
  const {snapshot} = await loadCapture(filesOf(files), {...options, visitor: visits});
  const whole = await loadCapture(filesOf(files), options);
  t.deepEqual(snapshot, whole.snapshot);
  t.deepEqual([...visits.nodes.keys()].sort(), ['win-1', 'win-2']);
  t.deepEqual({...whole.snapshot.evidence, ...visits.api?.evidence}, whole.snapshot.evidence);
  for (const [name, evidence] of visits.nodes) {
    for (const key of NODE_KEYS) {
      const expected = perNode(whole.snapshot.evidence, key).get(name);
      t.deepEqual([...perNode(evidence, key)], [[name, expected]], `${key} of ${name}`);
    }
  }
});

test('what a visitor lets go is not in the Snapshot, and everything else is', async t => {
  const files = bundleOf(healthyWithAgents());
  const {snapshot} = await loadCapture(filesOf(files), {...options, visitor: new Visits('node.services')});
  const {snapshot: whole} = await loadCapture(filesOf(files), options);
  t.like(perNode(snapshot.evidence, 'node.services').get('win-1'), {ok: false, reason: 'not-requested'});
  t.deepEqual(
    {...snapshot.evidence, 'node.services': undefined},
    {...whole.evidence, 'node.services': undefined},
  );
});

test('what the manifest says of a node is known when it is visited', async t => {
  const files = bundleOf(healthyWithAgents());
  files.delete('host-collectors/win-1/windows/services.json');
  files.set(
    'kubectl-win/manifest.json',
    JSON.stringify({
      time: NOW,
      files: [{path: 'host-collectors/win-1/windows/services.json'}],
      missing: [{what: 'node.agent', node: 'win-3', reason: 'timeout', detail: 'it took too long'}],
    }),
  );
  const visits = new Visits();
  const {snapshot} = await loadCapture(filesOf(files), {...options, visitor: visits});
  const {snapshot: whole} = await loadCapture(filesOf(files), options);
  t.deepEqual(snapshot, whole);
  t.like(perNode(visits.nodes.get('win-1'), 'node.services').get('win-1'), {ok: false});
  t.false(visits.nodes.has('win-3'), 'no file of it is there');
  t.like(perNode(snapshot.evidence, 'node.services').get('win-3'), {ok: false, reason: 'timeout'});
});

test('what is damaged is read as a whole: nobody knows what else a node had', async t => {
  const visits = new Visits('node.services');
  const files = {...filesOf(bundleOf(healthyWithAgents())), damage: 'cut'};
  const {snapshot} = await loadCapture(files, {...options, visitor: visits});
  t.is(visits.nodes.size, 0);
  t.like(perNode(snapshot.evidence, 'node.services').get('win-1'), {ok: true});
});
