import test from 'ava';
import {loadCapture} from '../../../src/capture/load.ts';
import type {PodLog} from '../../../src/logs/summary.ts';
import type {Evidence} from '../../../src/snapshot/evidence.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {filesOf} from '../../helpers/capture-files.ts';

const NOW = '2026-09-01T12:00:00Z';
const LIST = JSON.stringify({apiVersion: 'v1', kind: 'PodList', items: []});

async function logsIn(files: Record<string, string | Uint8Array>): Promise<Evidence<PodLog[]>> {
  const {snapshot} = await loadCapture(filesOf(files), {fallbackTime: NOW});
  return evidenceOf(snapshot, 'pod.logs');
}

/** Whose logs were found, and of how many records. */
function told(logs: Evidence<PodLog[]>): string[] {
  if (!logs.ok) return [];
  return logs.value.map(
    ({namespace, pod, container, previous, log}) =>
      `${namespace}/${pod}/${container}${previous ? ' before' : ''}: ${log.ok ? log.value.records : log.reason}`,
  );
}

test('a troubleshoot bundle has the logs of containers, and those before a restart', async t => {
  const folder = 'cluster-resources/pods/logs/shop/web-0';
  const logs = await logsIn({
    'cluster-resources/pods/shop.json': LIST,
    [`${folder}/web.log`]: 'a\nb\n',
    [`${folder}/web-previous.log`]: 'a\n',
  });
  t.deepEqual(told(logs), ['shop/web-0/web: 2', 'shop/web-0/web before: 1']);
});

test('a bundle tells why the log of a container is not in it', async t => {
  const folder = 'cluster-resources/pods/logs/shop/web-0';
  const manifest = {
    apiVersion: 'kubectl-win/v1',
    kind: 'BundleManifest',
    time: NOW,
    files: [],
    missing: [
      {what: `${folder}/web-previous.log`, reason: 'denied', detail: 'no right'},
      {what: `${folder}/web.log`, reason: 'not-requested', detail: 'cut at 2 bytes', partial: true},
    ],
  };
  const logs = await logsIn({
    'kubectl-win/manifest.json': JSON.stringify(manifest),
    'cluster-resources/pods/shop.json': LIST,
    [`${folder}/web.log`]: 'a\n',
  });
  t.deepEqual(told(logs), ['shop/web-0/web: 1', 'shop/web-0/web before: denied']);
});

function mark(word: string, name: string): string {
  return `==== ${word} logs for container ${name} of pod shop/web-0 ====\n`;
}

test('a cluster-info dump has the logs of a pod in one file', async t => {
  const logs = await logsIn({
    'nodes.json': JSON.stringify({apiVersion: 'v1', kind: 'NodeList', items: []}),
    'shop/replication-controllers.json': LIST,
    'shop/pods.json': LIST,
    'shop/web-0/logs.txt': `${mark('START', 'web')}a\nb\n${mark('END', 'web')}${mark('START', 'side')}${mark('END', 'side')}`,
  });
  t.deepEqual(told(logs), ['shop/web-0/side: 0', 'shop/web-0/web: 2']);
});

test('a must-gather has logs with the times of the runtime', async t => {
  const folder = 'namespaces/shop/pods/web-0/web/web/logs';
  const logs = await logsIn({
    'namespaces/shop/core/pods.yaml': LIST,
    [`${folder}/current.log`]: '2026-09-01T11:00:00.5Z a\n',
    [`${folder}/previous.log`]: '',
  });
  t.deepEqual(told(logs), ['shop/web-0/web: 1', 'shop/web-0/web before: 0']);
  const [current] = logs.ok ? logs.value : [];
  t.deepEqual(current?.log.ok && current.log.value.sources.Raw, {count: 1, last: '2026-09-01T11:00:00.5Z'});
});

test('of a very long log the beginning is read, and that is known', async t => {
  const logs = await logsIn({
    'cluster-resources/pods/shop.json': LIST,
    'cluster-resources/pods/logs/shop/web-0/web.log': Buffer.alloc(17 * 1024 * 1024, `${'x'.repeat(1023)}\n`),
  });
  const [log] = logs.ok ? logs.value : [];
  t.true(log?.log.ok && log.log.value.cut);
});

test('a capture without logs says so', async t => {
  const logs = await logsIn({'cluster-resources/pods/shop.json': LIST});
  t.false(logs.ok);
  t.true(!logs.ok && logs.reason === 'unsupported');
});
