import test from 'ava';
import {chainOf} from '../../helpers/chain.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';

const stop = (cluster: TestCluster, name: string): TestCluster =>
  cluster.onNode('win-1', n =>
    n.change('services.json', (all: Json[]) =>
      Object.assign(
        all.find(s => s.name === name),
        {state: 'Stopped', pid: null, startedAt: null, threads: null},
      ),
    ),
  );

const notReady = (cluster: TestCluster, message: string): TestCluster =>
  cluster.change('Node', 'win-1', n => {
    Object.assign(
      n.status.conditions.find((c: {type: string}) => c.type === 'Ready'),
      {status: 'False', reason: 'KubeletNotReady', message},
    );
  });

const crashed = (cluster: TestCluster, service: string): TestCluster =>
  cluster.onNode('win-1', n =>
    n.set(
      'eventlog/System.xml',
      eventXml([
        {
          provider: 'Service Control Manager',
          id: 7034,
          time: ago(600),
          level: 2,
          data: {param1: service, param2: '1'},
        },
      ]),
    ),
  );

test('nodes in order with their agents give no finding', t => {
  t.deepEqual(chainOf(healthyWithAgents()), []);
});

test('a stopped containerd explains the runtime, and that explains the node', t => {
  const cluster = notReady(stop(healthyWithAgents(), 'containerd'), 'container runtime is down');
  t.deepEqual(chainOf(cluster), ['CRI001 <- NOD010', 'NOD001 <- CRI001', 'NOD010']);
});

test('what crashed has stopped', t => {
  const cluster = crashed(
    notReady(stop(healthyWithAgents(), 'containerd'), 'container runtime is down'),
    'containerd',
  );
  t.deepEqual(chainOf(cluster), ['CRI001 <- NOD010', 'NOD001 <- CRI001', 'NOD010 <- NOD011', 'NOD011']);
});

test('a crash of HNS does not explain a stopped containerd', t => {
  const cluster = crashed(stop(healthyWithAgents(), 'containerd'), 'Host Network Service');
  t.deepEqual(chainOf(cluster), ['NOD010', 'NOD011']);
});

test('a CNI configuration that is broken explains the network of containerd', t => {
  const cluster = healthyWithAgents().onNode('win-1', n =>
    n.set('cni/10-flannel.conflist', '{').change('cri/status.json', s => {
      Object.assign(s.status.conditions[1], {
        status: false,
        reason: 'NetworkPluginNotReady',
        message: 'no network',
      });
      s.lastCNILoadStatus = 'cni config load failed: error parsing configuration list';
    }),
  );
  t.deepEqual(chainOf(cluster), ['CNI001', 'CRI002 <- CNI001']);
});

test('a time service that is stopped explains a clock that is off', t => {
  const cluster = stop(healthyWithAgents(), 'w32time').onNode('win-1', n => n.contact({offsetMs: -60_000}));
  t.deepEqual(chainOf(cluster), ['NOD006 <- NOD025', 'NOD025']);
});

test('an agent that does not answer makes nothing look healthy or sick', t => {
  t.deepEqual(chainOf(healthyWithAgents().onNode('win-1', n => n.lost())), ['AGT001']);
});
