import test from 'ava';
import {CHECKS} from '../../../src/checks/index.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import {renderText} from '../../../src/report/text.ts';
import {chainOf} from '../../helpers/chain.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {reportOf} from '../../helpers/judged.ts';
import {ago, event, service} from '../../helpers/raw.ts';
import type {Json} from '../../helpers/raw.ts';

/** HNS of `win-1` crashed half an hour ago, came back empty, and kube-proxy did not notice: forty Services are dead there. */
function dead(): TestCluster {
  const cluster = healthyWithAgents();
  const pods = ['web-0', 'web-1'].map(name => cluster.get('Pod', `shop/${name}`));
  for (let i = 1; i <= 40; i++) {
    const vip = `10.96.40.${i}`;
    cluster.add(...service({namespace: 'shop', name: `web-${i}`}, vip, 80, pods));
    // The other node has what they need.
    cluster.onNode('win-2', n => {
      for (const file of ['hns/loadbalancers.json', 'hns/v1-policylists.json']) {
        n.change(file, (all: Json[]) => all.push(copyFor(all, vip, i)));
      }
    });
  }
  cluster.onNode('win-1', n => {
    const data = {param1: 'Host Network Service', param2: '1'};
    const crash = {provider: 'Service Control Manager', id: 7031, time: ago(1800), level: 2, data};
    n.set('eventlog/System.xml', eventXml([crash]));
    for (const s of n.get('services.json') as Json[]) if (s.name === 'hns') s.startedAt = ago(1790);
    for (const kind of ['loadbalancers', 'v1-policylists', 'endpoints', 'v1-endpoints'])
      n.set(`hns/${kind}.json`, []);
  });
  // Its pod of `web` fails its probe, and is not ready; the other node's has what it needs.
  cluster.change('Pod', 'shop/web-0', p => {
    for (const c of p.status.conditions) if (c.type === 'Ready') c.status = 'False';
    Object.assign(p.status.containerStatuses[0], {
      ready: false,
      restartCount: 9,
      state: {waiting: {reason: 'CrashLoopBackOff'}},
      lastState: {terminated: {exitCode: 1_073_807_364, reason: 'Error', finishedAt: ago(120)}},
    });
  });
  const probe = 'Liveness probe failed: Get "http://10.244.1.47/": context deadline exceeded';
  return cluster.add(event(cluster.get('Pod', 'shop/web-0'), 'Unhealthy', probe, {count: 9}));
}

/** The load balancer of `shop/web` for another address. */
function copyFor(all: readonly Json[], vip: string, index: number): Json {
  const web = JSON.stringify(all.find(lb => JSON.stringify(lb).includes('"10.96.30.1"')));
  const copy = JSON.parse(web.replaceAll('10.96.30.1', vip));
  copy.ID = `0DADA000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`;
  return copy;
}

test('forty dead Services and a failing pod follow from the HNS that crashed', t => {
  const chain = chainOf(dead());
  t.deepEqual(
    chain.filter(line => !line.includes('<-')),
    ['NOD011'],
    chain.join('\n'),
  );
  for (const id of ['NOD012', 'HNS011', 'SVC005', 'SVC006']) {
    t.true(
      chain.some(line => line.startsWith(`${id} <- `)),
      `${id}: ${chain.join('\n')}`,
    );
  }
});

test('the report of it has one root cause, and each symptom is one line with a count', t => {
  const report = reportOf(dead(), CHECKS);
  const text = renderText(report, {palette: PLAIN, width: 100, wide: false});
  t.regex(text, /Root causes of errors \(1\)|Root causes \(1\)/, text);
  t.regex(text, /error +NOD011/);
  const causes = text.slice(text.indexOf('causes'), text.indexOf('\n\n', text.indexOf('causes')));
  t.true(causes.split('\n').length < 12, causes);
});

test('a kube-proxy that takes its node for another explains endpoints of pods elsewhere', t => {
  const own = String(healthyWithAgents().get('Pod', 'shop/web-0')['status'].podIP);
  const cluster = healthyWithAgents().onNode('win-1', n => {
    n.change('processes.json', (all: Json[]) => {
      for (const p of all) if (p.image === 'kube-proxy.exe') p.flags['hostname-override'] = 'WIN-ABC';
    });
    for (const file of ['hns/endpoints.json', 'hns/v1-endpoints.json']) {
      n.change(file, (all: Json[]) => {
        const stale = structuredClone(all.at(-1));
        if (stale.IPAddress === undefined) stale.IpConfigurations[0].IpAddress = own;
        else stale.IPAddress = own;
        stale.ID = '0DADA000-0000-4000-8000-000000000009';
        all.push(stale);
      });
    }
  });
  const chain = chainOf(cluster);
  t.true(chain.includes('HNS008 <- CNI009'), chain.join('\n'));
  t.true(
    chain.some(line => /^HNS009 <- .*CNI009/.test(line)),
    chain.join('\n'),
  );
});

test('what is missing on another node keeps its own cause', t => {
  const cluster = dead().onNode('win-2', n => {
    for (const file of ['hns/loadbalancers.json', 'hns/v1-policylists.json'])
      n.change(file, all => all.shift());
  });
  const chain = chainOf(cluster);
  t.true(chain.includes('SVC006'), chain.join('\n'));
});
