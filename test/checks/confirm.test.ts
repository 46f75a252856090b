import test from 'ava';
import {loadCapture} from '../../src/capture/load.ts';
import {suspicionOf, withSecondLook} from '../../src/checks/confirm.ts';
import type {Check} from '../../src/checks/define.ts';
import {defineCheck, fail, pass} from '../../src/checks/define.ts';
import remoteEndpointStale from '../../src/checks/hns/remote-endpoint-stale.ts';
import {eachNode} from '../../src/checks/each-node.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import {judge} from '../../src/checks/engine.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {bundleOf} from '../helpers/bundle-folder.ts';
import {filesOf} from '../helpers/capture-files.ts';
import {healthyWithAgents} from '../helpers/cluster.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {guidFrom} from '../helpers/healthy-runtime.ts';
import {NOW, ago} from '../helpers/raw.ts';
import type {Json} from '../helpers/raw.ts';

/** Suspects every service that does not run. */
const CHECK = defineCheck({
  id: 'HNS998',
  name: 'service-suspected',
  severity: 'error',
  since: '0.1.0',
  title: 'A service does not run',
  evidence: ['N'],
  needs: ['nodes', 'node.services'],
  perNode: true,
  docs: {what: 'Services.', why: 'For tests.', fix: ['`kubectl get nodes`'], links: ['https://example.com']},
  *run(input) {
    yield* eachNode(input, ['node.services'], function* ({node, facts, at}) {
      yield pass(node);
      for (const {value, index} of facts['node.services'].map((s, i) => ({value: s, index: i}))) {
        if (value.state === 'Running') continue;
        yield fail(node, {
          cause: 'stopped',
          key: value.name,
          state: 'suspected',
          message: `${value.name} does not run`,
          evidence: [at('services.json', `/${index}/state`, value.state)],
        });
      }
    });
  },
});

function stopped(names: Record<string, string[]>, at: string): TestCluster {
  const cluster = healthyWithAgents();
  for (const [node, services] of Object.entries(names)) {
    cluster.onNode(node, n =>
      n.change('services.json', (all: Json[]) => {
        for (const s of all) if (services.includes(String(s.name))) s.state = 'Stopped';
      }),
    );
  }
  return cluster.at(at);
}

function lookedTwice(
  first: TestCluster,
  second: TestCluster,
  seconds: number,
  check: Check = CHECK,
): Judgement {
  const again = second.snapshot();
  const look: Snapshot = {...again, source: {...again.source, collectedAt: ago(-seconds)}};
  const snapshot = first.snapshot();
  return withSecondLook(
    judge(snapshot, [check]),
    {...snapshot, evidence: {...snapshot.evidence, secondLook: collected(look)}},
    'support',
  );
}

const told = ({fails}: Judgement): string[] =>
  fails.flatMap(f => f.fails.map(x => `${x.state} ${x.node} ${x.message}`));

test('what is there again a minute later is confirmed, what is not has healed', t => {
  const judgement = lookedTwice(
    stopped({'win-1': ['hns', 'vmcompute']}, NOW),
    stopped({'win-1': ['hns'], 'win-2': ['hns']}, NOW),
    60,
  );
  t.deepEqual(told(judgement), ['confirmed win-1 hns does not run']);
  t.deepEqual(judgement.counts, {pass: 3, fail: 1, unknown: 0, skip: 0});
});

test('a second look that came too early, or could not see, says nothing', t => {
  const first = stopped({'win-1': ['hns']}, NOW);
  t.deepEqual(told(lookedTwice(first, stopped({}, NOW), 59)), ['suspected win-1 hns does not run']);
  const blind = healthyWithAgents().onNode('win-1', n => n.remove('services.json'));
  t.deepEqual(told(lookedTwice(first, blind, 60)), ['suspected win-1 hns does not run']);
});

test('only nodes that something is suspected of are looked at again, and only what the check reads', t => {
  const {nodes, keys} = suspicionOf(judge(stopped({'win-2': ['hns']}, NOW).snapshot(), [CHECK]));
  t.deepEqual([[...nodes], [...keys]], [['win-2'], ['nodes', 'node.services']]);
});

/** The healthy cluster where HNS of `win-1` has remote endpoints with these addresses, which nobody has. */
const withRemotes = (...ips: string[]): TestCluster =>
  healthyWithAgents().onNode('win-1', n => {
    for (const file of ['hns/endpoints.json', 'hns/v1-endpoints.json']) {
      n.change(file, (all: Json[]) => {
        const remote = all.find(e => e.Flags === 1 || e.IsRemoteEndpoint);
        for (const ip of ips) {
          const own = structuredClone(remote);
          own.ID = guidFrom(ip);
          if (own.IPAddress !== undefined) own.IPAddress = ip;
          else own.IpConfigurations[0].IpAddress = ip;
          all.push(own);
        }
      });
    }
  });

const remotesTold = (first: TestCluster, second: TestCluster) =>
  lookedTwice(first, second, 60, remoteEndpointStale).fails.flatMap(({fails}) =>
    fails.map(f => [f.state, f.message, f.evidence.length]),
  );

const remotesOn = (text: string) => `HNS on win-1 has ${text} in no EndpointSlice, as 10.244.9.2`;

test('of things that are told of together each has its own second look', t => {
  const first = withRemotes('10.244.9.1', '10.244.9.2', '10.244.9.3');
  t.deepEqual(remotesTold(first, withRemotes('10.244.9.2', '10.244.9.4')), [
    ['confirmed', remotesOn('1 remote endpoint whose address is'), 1],
  ]);
  t.deepEqual(remotesTold(first, withRemotes('10.244.9.3', '10.244.9.2')), [
    ['confirmed', remotesOn('2 remote endpoints whose address is'), 2],
  ]);
  t.deepEqual(remotesTold(first, withRemotes('10.244.9.4')), []);
});

test('a bundle holds the second look, and is judged by it as the cluster was', async t => {
  const first = stopped({'win-1': ['hns', 'vmcompute']}, NOW);
  const files = bundleOf(first);
  files.set('kubectl-win/manifest.json', JSON.stringify({time: NOW, files: [], missing: []}));
  files.set('kubectl-win/confirm/look.json', JSON.stringify({at: ago(-60)}));
  for (const [path, text] of bundleOf(stopped({'win-1': ['hns']}, NOW))) {
    if (path === 'cluster-resources/nodes.json') files.set(`kubectl-win/confirm/${path}`, text);
    const file = /^host-collectors\/win-1\/windows\/(services\.json)$/.exec(path)?.[1];
    if (file) files.set(`host-collectors/win-1/windows/confirm/${file}`, text);
  }
  const {snapshot} = await loadCapture(filesOf(files), {fallbackTime: NOW});
  const look = evidenceOf(snapshot, 'secondLook');
  t.is(look.ok && look.value.source.collectedAt, ago(-60));
  t.deepEqual(told(withSecondLook(judge(snapshot, [CHECK]), snapshot, 'support')), [
    'confirmed win-1 hns does not run',
  ]);
});
