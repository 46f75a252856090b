import test from 'ava';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {buildReport} from '../../../src/report/build.ts';
import {renderHtml} from '../../../src/report/html/page.ts';
import {bundleLocator} from '../../../src/report/locate.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import type {Story} from '../../../src/report/stories.ts';
import {storiesOf} from '../../../src/report/stories.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {FILE_LINE, ownLine, podLog} from '../../helpers/pod-logs.ts';
import {ago, event} from '../../helpers/raw.ts';

/** A pod whose LogMonitor died, with an event of its kubelet and one of its node. */
function told(): {report: DoctorReport; stories: Map<string, Story>} {
  const crash = {provider: 'Service Control Manager', id: 7031, time: ago(600), data: {param1: 'containerd'}};
  const cluster = healthyWithAgents().onNode('win-1', node =>
    node.set('eventlog/System.xml', eventXml([crash])),
  );
  const snapshot = cluster
    .add(event(cluster.get('Pod', 'shop/web-0'), 'BackOff', '<b>Back-off</b> restarting', {count: 4}))
    .with('pod.logs', [
      podLog(
        `${FILE_LINE}${ownLine('ERROR', 'Catastrophic failure! Signal received: 22')}2026-09-01T11:00:02Z <i>last words</i> password=hunter2\n`,
      ),
    ])
    .snapshot();
  const judgement = judge(
    snapshot,
    CHECKS.filter(c => c.id === 'LOG007'),
  );
  const how = {version: '0.1.0', timings: {collectMs: 0, judgeMs: 0}};
  const report = buildReport(snapshot, judgement, how, bundleLocator(snapshot));
  return {report, stories: storiesOf(snapshot, report)};
}

test('the story of a finding tells status, events, the node and what LogMonitor says, by time', t => {
  const {report, stories} = told();
  const [finding] = report.findings;
  const story = stories.get(finding?.fingerprint ?? '');
  t.is(story?.subject.name, 'web-0');
  const times = (story?.moments ?? []).map(m => Date.parse(m.time ?? ''));
  t.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  const messages = new Set((story?.moments ?? []).map(m => m.message));
  t.true(messages.has('the pod was made'));
  t.true(messages.has('BackOff (4 times): <b>Back-off</b> restarting'));
  t.true(messages.has('Catastrophic failure! Signal received: 22'));
  t.true(messages.has('GET / 200'));
  t.true((story?.moments ?? []).some(m => m.provider === 'Service Control Manager'));
});

test('of what happened in the second in which a container started, its scheduling comes before', t => {
  const cluster = healthyWithAgents();
  const web = cluster.get('Pod', 'shop/web-0');
  const {startedAt} = web['status'].containerStatuses[0].state.running as {startedAt: string};
  const snapshot = cluster
    .add(event(web, 'Scheduled', 'assigned', {last: startedAt, count: 1}))
    .with('pod.logs', [podLog(ownLine('ERROR', 'Catastrophic failure! Signal received: 22'))])
    .snapshot();
  const checks = CHECKS.filter(c => c.id === 'LOG007');
  const report = buildReport(
    snapshot,
    judge(snapshot, checks),
    {version: '0.1.0', timings: {collectMs: 0, judgeMs: 0}},
    bundleLocator(snapshot),
  );
  const [story] = storiesOf(snapshot, report).values();
  const told = (story?.moments ?? []).filter(m => m.time === startedAt).map(m => m.message);
  t.deepEqual(told, [
    'the pod was made',
    'Scheduled: assigned',
    'it was given to node win-1',
    'container web started',
  ]);
});

test('the page shows it, with nothing of a stranger taken for markup', t => {
  const {report, stories} = told();
  const page = renderHtml(report, {stories});
  t.regex(page, /What happened around Pod shop\/web-0/);
  t.true(page.includes('&lt;b&gt;Back-off&lt;/b&gt; restarting'));
  t.false(page.includes('<b>Back-off'));
  t.true(page.includes('&lt;i&gt;last words&lt;/i&gt;'));
  t.false(page.includes('hunter2'));
});

test('a long story is cut at its old end, and that is said', t => {
  const {report, stories} = told();
  const [[fingerprint, story] = []] = stories;
  if (!story || fingerprint === undefined) throw new Error('no story');
  t.true(story.moments.length <= 60);
  t.true(
    renderHtml(report, {stories: new Map([[fingerprint, {...story, left: 1200}]])}).includes(
      '1,200 older ones',
    ),
  );
});
