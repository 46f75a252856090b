import test from 'ava';
import * as fc from 'fast-check';
import {loadCapture} from '../../../src/capture/load.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {TestCluster} from '../../helpers/cluster.ts';
import {bundleDump, clusterInfoDump, mustGatherDump, troubleshootDump} from '../../helpers/dump.ts';
import type {Raw} from '../../helpers/raw.ts';
import {pod, windowsPodSpec, workload} from '../../helpers/raw-pods.ts';
import {lease, windowsNode} from '../../helpers/raw-nodes.ts';
import {event, namespace} from '../../helpers/raw.ts';

const ALWAYS = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

const dnsName = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z]$/);
const words = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 60}),
  fc.constantFrom(
    'a: b',
    '- x',
    '#',
    'null',
    '1e3',
    'line\nline\r\n',
    '\u0007\u001b[31m',
    'true',
    "it's",
    '__proto__',
  ),
);
const labels = fc.dictionary(fc.oneof(dnsName, fc.constantFrom('__proto__', 'a/b.c', '1')), words, {
  maxKeys: 3,
});

/** A few nodes, pods, Deployments and events with any text in them. */
const cluster = fc
  .record({
    namespaces: fc.uniqueArray(dnsName, {maxLength: 3}),
    nodes: fc.uniqueArray(dnsName, {minLength: 1, maxLength: 3}),
    pods: fc.uniqueArray(fc.tuple(dnsName, labels, words), {maxLength: 6, selector: ([name]) => name}),
  })
  .map(({namespaces, nodes, pods}): Raw[] => {
    const all = [...new Set([...ALWAYS, ...namespaces])];
    const at = (i: number): string => all[i % all.length] ?? 'default';
    return [
      ...all.map(name => namespace(name)),
      ...nodes.map((name, i) => windowsNode(name, i)),
      ...nodes.map(lease),
      ...pods.flatMap(([name, own, text], i) => {
        const made = pod(
          {namespace: at(i), name},
          windowsPodSpec(text || 'x'),
          nodes[i % nodes.length] ?? 'n',
        );
        made.metadata['labels'] = own;
        return [made, event(made, 'Failed', text)];
      }),
      ...pods.flatMap(([name], i) =>
        workload('Deployment', {namespace: at(i), name: `d-${name}`}, windowsPodSpec(), nodes.slice(0, 1)),
      ),
    ];
  });

for (const [title, dump] of Object.entries({
  'our bundle': bundleDump,
  'a troubleshoot bundle': troubleshootDump,
  'a must-gather': mustGatherDump,
  'a cluster-info dump': clusterInfoDump,
})) {
  test(`any cluster goes through ${title} unchanged`, async t => {
    await fc.assert(
      fc.asyncProperty(cluster, async objects => {
        const {snapshot, notes} = await loadCapture(filesOf(dump(objects)), {
          fallbackTime: '2000-01-01T00:00:00Z',
        });
        const live = new TestCluster(objects).snapshot();
        t.deepEqual(notes, []);
        for (const key of ['nodes', 'pods', 'deployments', 'replicaSets', 'events', 'workloads'] as const) {
          t.deepEqual(evidenceOf(snapshot, key), evidenceOf(live, key), key);
        }
      }),
      {numRuns: 60},
    );
  });
}
