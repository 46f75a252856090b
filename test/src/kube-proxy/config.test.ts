import test from 'ava';
import type {KubeProxyConfig} from '../../../src/kube-proxy/config.ts';
import {kubeProxyConfig} from '../../../src/kube-proxy/config.ts';
import {windowsKubeProxies} from '../../../src/kube-proxy/daemons.ts';
import {valueOn} from '../../../src/node/on-node.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json, Raw} from '../../helpers/raw.ts';

function configOn(cluster: TestCluster, name = 'win-1'): KubeProxyConfig {
  const snapshot = cluster.snapshot();
  const [nodes, workloads, maps] = [
    evidenceOf(snapshot, 'nodes'),
    evidenceOf(snapshot, 'workloads'),
    evidenceOf(snapshot, 'configMaps'),
  ];
  const node = nodes.ok ? nodes.value.find(n => n.metadata.name === name) : undefined;
  if (!node || !workloads.ok || !maps.ok) throw new Error('the cluster lacks something');
  return kubeProxyConfig({
    node,
    processes: valueOn(evidenceOf(snapshot, 'node.processes'), name),
    configMaps: maps.value,
    daemons: windowsKubeProxies(workloads.value),
  });
}

const flags = (given: Record<string, string>): TestCluster =>
  healthyWithAgents().onNode('win-1', n => n.change('processes.json', p => (p[2].flags = given)));
const map = (name: string, lines: string[]): Raw => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {namespace: 'kube-system', name},
  data: {'config.conf': ['kind: KubeProxyConfiguration', ...lines].join('\n')},
});
const args = (...words: string[]): TestCluster =>
  healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', (spec: Json) => {
    spec.containers[0].command = ['kube-proxy.exe'];
    spec.containers[0].args = words;
  });

test('flags of the process count, each with its place', t => {
  const config = configOn(
    flags({
      'network-name': 'Calico',
      'source-vip': '10.244.1.2',
      'enable-dsr': 'true',
      'root-hnsendpoint-name': 'root',
    }),
  );
  t.deepEqual(config.networkName, {
    value: 'Calico',
    place: {file: 'processes.json', pointer: '/2/flags/network-name'},
  });
  t.is(config.sourceVip?.value, '10.244.1.2');
  t.is(config.dsr?.value, true);
  t.is(config.rootEndpoint?.value, 'root');
});

test('a flag that is not given is what kube-proxy takes then', t => {
  const config = configOn(flags({'hostname-override': 'win-1'}));
  t.deepEqual(config.dsr, {value: false});
  t.deepEqual(config.forwardHealthcheckVip, {value: false});
  t.deepEqual(config.rootEndpoint, {value: 'cbr0'});
  t.deepEqual(config.healthPort, {value: 10_256});
  t.is(config.networkName, undefined);
  t.is(config.sourceVip, undefined);
});

test('a flag without a value is on, as go has it', t => {
  for (const word of ['', 'true', 'True', '1', 't'])
    t.is(configOn(flags({'enable-dsr': word})).dsr?.value, true);
  for (const word of ['false', '0', 'F']) t.is(configOn(flags({'enable-dsr': word})).dsr?.value, false);
  t.is(configOn(flags({'enable-dsr': 'maybe'})).dsr, undefined);
});

test('what is a variable of a shell is not known', t => {
  t.is(configOn(flags({'source-vip': '$env:VIP'})).sourceVip, undefined);
});

test('the port of health checks is that of its address', t => {
  t.is(configOn(flags({'healthz-bind-address': '0.0.0.0:10300'})).healthPort?.value, 10_300);
  t.is(configOn(flags({'healthz-bind-address': '[::]:10300'})).healthPort?.value, 10_300);
});

test('a configuration file is read from its ConfigMap, and makes flags void but for the name of the node', t => {
  const config = configOn(
    flags({config: 'C:\\k\\config.conf', 'hostname-override': 'win-1', 'enable-dsr': 'false'}).add(
      map('kube-proxy-windows', [
        'healthzBindAddress: 0.0.0.0:10300',
        'winkernel:',
        '  enableDSR: true',
        '  networkName: vxlan0',
        '  sourceVip: ""',
      ]),
    ),
  );
  t.is(config.dsr?.value, true);
  t.like(config.networkName, {value: 'vxlan0', place: {pointer: '/data/config.conf'}});
  t.is(config.hostnameOverride?.value, 'win-1');
  t.is(config.healthPort?.value, 10_300);
  t.is(config.sourceVip, undefined);
});

test('what a file that Linux shares leaves off, a start script may have set', t => {
  const config = configOn(
    flags({config: 'C:\\k\\config.conf'}).add(
      map('kube-proxy', [
        'winkernel:',
        '  enableDSR: false',
        '  networkName: ""',
        '  forwardHealthCheckVip: true',
      ]),
    ),
  );
  t.is(config.dsr, undefined);
  t.is(config.networkName, undefined);
  t.is(config.forwardHealthcheckVip?.value, true);
});

test('a ConfigMap that does not parse says nothing', t => {
  const broken = flags({config: 'C:\\k\\config.conf'}).add(
    map('kube-proxy-windows', ['winkernel: [', '  {']),
  );
  t.is(configOn(broken).dsr, undefined);
});

test('without the process the arguments of the DaemonSet count, where it starts kube-proxy itself', t => {
  t.is(configOn(args('--enable-dsr=true', '--network-name', 'Calico')).dsr?.value, true);
  t.is(configOn(args('--enable-dsr=true', '--network-name', 'Calico')).networkName?.value, 'Calico');
  t.deepEqual(configOn(args('--v=4')).dsr, {value: false});
  t.is(configOn(healthy()).dsr, undefined);
});

test('the network may be named by KUBE_NETWORK of the DaemonSet', t => {
  const named = healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', (spec: Json) => {
    spec.containers[0].env = [{name: 'KUBE_NETWORK', value: 'Calico.*'}];
  });
  t.is(configOn(named).networkName?.value, 'Calico.*');
});
