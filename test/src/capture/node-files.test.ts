import test from 'ava';
import {loadCapture} from '../../../src/capture/load.ts';
import type {NodeKey} from '../../../src/node/evidence.ts';
import {NODE_KEYS} from '../../../src/node/evidence.ts';
import {onNode} from '../../../src/node/on-node.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {bundleDump} from '../../helpers/dump.ts';
import {healthyNode} from '../../helpers/healthy-node.ts';
import {NOW} from '../../helpers/raw.ts';

function bundle(change: (files: Map<string, string>) => void = () => undefined): Map<string, string> {
  const files = new Map(bundleDump(healthy().objects));
  for (const name of ['win-1', 'win-2']) {
    for (const [file, text] of healthyNode(name).texts)
      files.set(`host-collectors/${name}/windows/${file}`, text);
  }
  change(files);
  return files;
}

async function load(files: Map<string, string>): Promise<Snapshot> {
  return (await loadCapture(filesOf(files), {fallbackTime: NOW})).snapshot;
}

function on(snapshot: Snapshot, key: NodeKey, node = 'win-1') {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok ? onNode<unknown>({ok: true, value: evidence.value}, node) : evidence;
}

test('a bundle gives the same node evidence as the agents that it was made of', async t => {
  const offline = await load(bundle());
  const live = healthyWithAgents().snapshot();
  for (const key of NODE_KEYS.filter(k => k !== 'node.agent')) {
    for (const node of ['win-1', 'win-2']) t.deepEqual(on(offline, key, node), on(live, key, node), key);
  }
});

test('UTF-16 files of nodes are read', async t => {
  const files = bundle();
  const text = files.get('host-collectors/win-1/windows/services.json') ?? '';
  const dump = {
    ...Object.fromEntries(files),
    'host-collectors/win-1/windows/services.json': Buffer.from(`\uFEFF${text}`, 'utf16le'),
  };
  const {snapshot} = await loadCapture(filesOf(dump), {fallbackTime: NOW});
  t.deepEqual(on(snapshot, 'node.services'), on(await load(files), 'node.services'));
});

test('collection.json says why a file is not there', async t => {
  const snapshot = await load(
    bundle(files => {
      files.delete('host-collectors/win-1/windows/cri/images.json');
      files.set(
        'host-collectors/win-1/windows/collection.json',
        JSON.stringify([
          {key: 'cri.images', ok: false, reason: 'timeout', detail: 'containerd took over 10 s'},
        ]),
      );
    }),
  );
  t.deepEqual(on(snapshot, 'node.cri.images'), {
    ok: false,
    reason: 'timeout',
    detail: 'containerd took over 10 s',
  });
  t.true(on(snapshot, 'node.cri.images', 'win-2').ok);
});

test('how an agent was reached is read from its file', async t => {
  const snapshot = await load(
    bundle(files =>
      files.set(
        'host-collectors/win-1/windows/agent.json',
        JSON.stringify({os: 'windows', reached: true, version: '0.1.0', offsetMs: -70_000, failures: []}),
      ),
    ),
  );
  t.like(on(snapshot, 'node.agent'), {ok: true, value: {reached: true, offsetMs: -70_000}});
  t.like(on(snapshot, 'node.agent', 'win-2'), {ok: false, reason: 'not-requested'});
});

test('a node that the manifest says was lost is missing for that reason', async t => {
  const snapshot = await load(
    bundle(files => {
      const path = 'kubectl-win/manifest.json';
      const manifest = JSON.parse(files.get(path) ?? '{}');
      manifest.missing.push({what: 'node.agent', node: 'win-3', reason: 'timeout', detail: 'no answer'});
      files.set(path, JSON.stringify(manifest));
    }),
  );
  t.deepEqual(on(snapshot, 'node.services', 'win-3'), {ok: false, reason: 'timeout', detail: 'no answer'});
});

test('a node file that the manifest lists and the bundle lacks is lost', async t => {
  const snapshot = await load(
    bundle(files => {
      const path = 'kubectl-win/manifest.json';
      const manifest = JSON.parse(files.get(path) ?? '{}');
      manifest.files.push({path: 'host-collectors/win-1/windows/services.json'});
      files.set(path, JSON.stringify(manifest));
      files.delete('host-collectors/win-1/windows/services.json');
    }),
  );
  t.like(on(snapshot, 'node.services'), {ok: false, reason: 'failed'});
});

test('a JSON file that breaks off counts as far as it goes', async t => {
  const snapshot = await load(
    bundle(files => {
      const path = 'host-collectors/win-1/windows/services.json';
      files.set(path, (files.get(path) ?? '').slice(0, 300));
    }),
  );
  t.like(on(snapshot, 'node.services'), {ok: true, partial: {reason: 'failed'}});
});
