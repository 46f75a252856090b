import test from 'ava';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {connectionsPart} from '../../../src/report/html/connections.ts';
import {logsPart} from '../../../src/report/html/logs.ts';
import {renderHtml} from '../../../src/report/html/page.ts';
import {partsOf} from '../../../src/report/html/parts.ts';
import {buildReport} from '../../../src/report/build.ts';
import {bundleLocator} from '../../../src/report/locate.ts';
import {sickLogs} from '../../../src/report/sick-logs.ts';
import type {Probe, ProbeResult} from '../../../src/probes/types.ts';
import {collected, missing} from '../../../src/snapshot/evidence.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {finding, report} from '../../helpers/report.ts';
import {parseXml} from '../../helpers/schemas.ts';

test('where no connection was tried it says what it takes', t => {
  const html = connectionsPart(missing('not-requested', 'no probes were asked for'));
  t.regex(html, /No connections were tried \(not asked for\): no probes were asked for/);
  t.regex(html, /kubectl win agent install/);
});

const probe = (node: string, i: number): Probe => ({
  id: `${node}-${i}`,
  leg: i % 2 === 0 ? 'cluster-ip' : 'dns-vip',
  from: {node, os: 'windows'},
  to: {host: '10.96.0.10', port: 53, of: {kind: 'Service', name: 'kube-dns'}},
  protocol: 'tcp',
});

const result = ({id}: Probe, ok: boolean): ProbeResult => ({
  probe: id,
  ok,
  ...(!ok && {error: 'timed-out' as const}),
  tries: 1,
  lost: ok ? 0 : 1,
  way: 'netns',
  at: '2026-09-01T12:00:00Z',
});

test('nodes with connections that fail have a row each, the others are one, at any size', t => {
  const names = Array.from({length: 1000}, (_, i) => `win-${i}`);
  const probes = names.flatMap(name => [0, 1, 2, 3].map(i => probe(name, i)));
  const results = probes.slice(0, -1).map(p => result(p, !(p.from.node === 'win-7' && p.leg === 'dns-vip')));
  const plan = {probes, gaps: [], nodes: 1000, chanceToMiss: 0};
  const html = connectionsPart(collected({plan, results, losses: []}));
  t.is(html.split('data-row="way"').length - 1, 2);
  t.regex(
    html,
    /win-7<\/th><td class="tone good">✓ 2<\/td><td class="tone error"><strong>✗ 2<\/strong> of 2<\/td>/,
  );
  t.regex(
    html,
    /999 other nodes<\/th><td class="tone good">✓ 1,998<\/td>.*✓ 1,997 <span class="size">1 not tried/,
  );
});

test('logs are of pods that findings name or that are not well, and their lines are text', t => {
  const cluster = healthyWithAgents().changeAll('Pod', pod => {
    const status = {name: 'c', ready: pod.metadata.name !== 'web-1', restartCount: 0, state: {running: {}}};
    pod.status.containerStatuses = [status];
  });
  const about = finding('KBL003', {subjects: [{kind: 'Pod', namespace: 'shop', name: 'web-0'}]});
  const wanted = sickLogs(cluster.snapshot(), report([about]));
  t.deepEqual(
    wanted.map(w => w.pod),
    ['web-0', 'web-1'],
  );
  const html = logsPart(
    wanted.map(log => ({...log, lines: ['<script>alert(1)</script> error', 'fine'], isCut: true})),
  );
  t.false(html.includes('<script>'));
  t.regex(html, /class="error">&lt;script&gt;/);
  t.regex(html, /the last 2 lines/);
});

test('a page with all its parts is well-formed and leads to each of them', t => {
  const snapshot = healthyWithAgents()
    .change('Node', 'win-1', node => {
      for (const c of node['status'].conditions)
        if (c.type === 'Ready')
          Object.assign(c, {status: 'False', lastTransitionTime: '2026-09-01T11:40:00Z'});
    })
    .snapshot();
  const judgement = judge(snapshot, CHECKS);
  const built = buildReport(
    snapshot,
    judgement,
    {version: '0', timings: {collectMs: 0, judgeMs: 0}},
    bundleLocator(snapshot),
  );
  const logs = [
    {namespace: 'shop', pod: 'web-0', container: 'c', previous: false, lines: ['one'], isCut: false},
  ];
  const html = renderHtml(built, {...partsOf(snapshot, built, judgement), logs});
  parseXml(html).dispose();
  for (const id of ['findings', 'connections', 'nodes', 'chronicle', 'logs']) {
    t.regex(html, new RegExp(`<a href="#${id}">`));
    t.regex(html, new RegExp(`<section[^>]* id="${id}"`));
  }
  t.regex(html, /1 node of which nothing is wrong/);
});
