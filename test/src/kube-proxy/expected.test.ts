import test from 'ava';
import type {ExpectationInput} from '../../../src/kube-proxy/expected.ts';
import {expectedLoadBalancers} from '../../../src/kube-proxy/expected.ts';
import type {ExpectedLoadBalancer} from '../../../src/kube-proxy/load-balancer.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

type Given = Partial<Omit<ExpectationInput, 'config'>> & {config?: Partial<ExpectationInput['config']>};

/** What kube-proxy makes of `shop/web` on `win-1`: HNS 13.3, an L2Bridge, no DSR, unless said otherwise. */
function expected(cluster: TestCluster, {config, ...given}: Given = {}): ExpectedLoadBalancer[] {
  const snapshot = cluster.snapshot();
  const [nodes, services, slices] = [
    evidenceOf(snapshot, 'nodes'),
    evidenceOf(snapshot, 'services'),
    evidenceOf(snapshot, 'endpointSlices'),
  ];
  if (!nodes.ok || !services.ok || !slices.ok) throw new Error('the cluster lacks something');
  const node = nodes.value.find(n => n.metadata.name === 'win-1');
  if (!node) throw new Error('the cluster lacks win-1');
  const made = expectedLoadBalancers({
    node,
    services: services.value,
    endpointSlices: slices.value,
    hnsVersion: {major: 13, minor: 3},
    networkType: 'l2bridge',
    ...given,
    config: {
      dsr: false,
      forwardHealthcheckVip: false,
      rootEndpoint: 'cbr0',
      healthPort: 10_256,
      ...config,
    },
  });
  return made.list.filter(lb => lb.service.metadata.name === 'web');
}

const web = (edit: (service: Json) => void): TestCluster => healthy().change('Service', 'shop/web', edit);
const exposed = (edit: (service: Json) => void = () => {}): TestCluster =>
  web(s => {
    s.spec.type = 'LoadBalancer';
    s.spec.externalTrafficPolicy = 'Cluster';
    s.spec.ports[0].nodePort = 30_080;
    s.spec.externalIPs = ['198.51.100.7'];
    s.status.loadBalancer.ingress = [{ip: '20.0.0.1'}];
    edit(s);
  });
const conditions = (cluster: TestCluster, ...all: [boolean, boolean, boolean][]): TestCluster =>
  cluster.change('EndpointSlice', 'shop/web-abcde', s => {
    for (const [i, [ready, serving, terminating]] of all.entries()) {
      s.endpoints[i].conditions = {ready, serving, terminating};
    }
  });

/** One line for each: `NodePort :30080 flags 18 dsr false to web-0,web-1`. */
function lines(all: readonly ExpectedLoadBalancer[]): string[] {
  return all.map(lb => {
    const to = lb.backends.map(b => `${b.nodeName ?? 'outside'}${b.optional ? '?' : ''}`).join(',');
    const may = lb.mayBeAbsent === undefined ? '' : ' (may be absent)';
    return `${lb.kind} ${lb.vip}:${lb.externalPort} flags ${lb.portFlags} dsr ${lb.dsr} to ${to}${may}`;
  });
}

test('each kind of load balancer has the VIP, the flags and the backends that kube-proxy gives it', t => {
  t.deepEqual(lines(expected(exposed())), [
    'ClusterIP 10.96.30.1:80 flags 0 dsr false to win-1,win-2',
    'NodePort :30080 flags 18 dsr false to win-1,win-2',
    'ExternalIP 198.51.100.7:80 flags 16 dsr false to win-1,win-2',
    'Ingress 20.0.0.1:80 flags 16 dsr false to win-1,win-2',
  ]);
});

test('--enable-dsr is for the cluster IP, externalTrafficPolicy Local for all else, and local pods for it', t => {
  t.deepEqual(
    lines(
      expected(
        exposed(s => (s.spec.externalTrafficPolicy = 'Local')),
        {config: {dsr: true}},
      ),
    ),
    [
      'ClusterIP 10.96.30.1:80 flags 0 dsr true to win-1,win-2',
      'NodePort :30080 flags 18 dsr true to win-1',
      'ExternalIP 198.51.100.7:80 flags 16 dsr true to win-1',
      'Ingress 20.0.0.1:80 flags 16 dsr true to win-1',
    ],
  );
});

test('where --enable-dsr is not known, whether a cluster IP has DSR is not known either', t => {
  t.is(expected(healthy(), {config: {dsr: undefined}})[0]?.dsr, undefined);
});

test('HNS that cannot do DSR keeps neither the external policy nor preserve-destination', t => {
  const local = exposed(s => {
    s.spec.externalTrafficPolicy = 'Local';
    s.metadata.annotations = {'preserve-destination': 'true'};
  });
  t.deepEqual(lines(expected(local, {hnsVersion: {major: 9, minor: 2}})).slice(1), [
    'NodePort :30080 flags 18 dsr false to win-1,win-2',
    'ExternalIP 198.51.100.7:80 flags 16 dsr false to win-1,win-2',
    'Ingress 20.0.0.1:80 flags 16 dsr false to win-1,win-2',
  ]);
});

test('preserve-destination takes local pods for node port and ingress, and two flags more for ingress', t => {
  const preserving = exposed(s => (s.metadata.annotations = {'preserve-destination': 'true'}));
  t.deepEqual(lines(expected(preserving)).slice(1), [
    'NodePort :30080 flags 18 dsr false to win-1',
    'ExternalIP 198.51.100.7:80 flags 16 dsr false to win-1,win-2',
    'Ingress 20.0.0.1:80 flags 28 dsr true to win-1',
  ]);
});

test('internalTrafficPolicy Local takes local pods for the cluster IP', t => {
  t.deepEqual(lines(expected(web(s => (s.spec.internalTrafficPolicy = 'Local')))), [
    'ClusterIP 10.96.30.1:80 flags 0 dsr false to win-1',
  ]);
});

test('health checks are forwarded by ingress addresses where kube-proxy is told to', t => {
  const health = expected(exposed(), {config: {forwardHealthcheckVip: true}}).at(-1);
  t.like(health, {
    kind: 'HealthCheck',
    vip: '20.0.0.1',
    externalPort: 10_256,
    internalPorts: [10_256],
    backends: [],
    dsr: false,
    portFlags: 0,
    distribution: 0,
  });
  t.is(health?.root?.name, 'cbr0');
  t.is(health?.mayBeAbsent, undefined);
});

test('a Service with a port of health checks of its own has them there', t => {
  const own = exposed(s => {
    s.spec.externalTrafficPolicy = 'Local';
    s.spec.healthCheckNodePort = 31_000;
  });
  t.is(expected(own, {config: {forwardHealthcheckVip: true}}).at(-1)?.externalPort, 31_000);
});

test('whether health checks are forwarded is not known: they may be there or not', t => {
  const health = expected(exposed(), {config: {forwardHealthcheckVip: undefined}}).at(-1);
  t.is(health?.kind, 'HealthCheck');
  t.regex(health?.mayBeAbsent ?? '', /not known/);
});

test('ready endpoints count, and a missing condition means ready', t => {
  const some = conditions(healthy(), [false, false, false], [true, true, false]);
  t.deepEqual(lines(expected(some)), ['ClusterIP 10.96.30.1:80 flags 0 dsr false to win-2']);
  const none = healthy().change('EndpointSlice', 'shop/web-abcde', s => delete s.endpoints[0].conditions);
  t.deepEqual(lines(expected(none)), ['ClusterIP 10.96.30.1:80 flags 0 dsr false to win-1,win-2']);
});

test('endpoints that end and still serve may stand in where none is ready', t => {
  const ending = conditions(healthy(), [false, true, true], [false, true, true]);
  t.deepEqual(lines(expected(ending)), [
    'ClusterIP 10.96.30.1:80 flags 0 dsr false to win-1?,win-2? (may be absent)',
  ]);
});

test('an endpoint that ends is none beside one that is ready', t => {
  const ending = conditions(healthy(), [false, true, true], [true, true, false]);
  t.deepEqual(lines(expected(ending)), ['ClusterIP 10.96.30.1:80 flags 0 dsr false to win-2']);
});

test('nothing is ready: no load balancer, and one that is there has no backend', t => {
  const none = conditions(healthy(), [false, false, false], [false, false, false]);
  t.deepEqual(lines(expected(none)), ['ClusterIP 10.96.30.1:80 flags 0 dsr false to  (may be absent)']);
});

test('while all endpoints of an ingress end, outside load balancers stay as they were from HNS 15.4 on', t => {
  const ending = conditions(exposed(), [false, true, true], [false, true, true]);
  const outside = (version: {major: number; minor: number}): boolean[] =>
    expected(ending, {hnsVersion: version})
      .slice(1)
      .map(lb => lb.mayBeAbsent !== undefined && lb.anyBackends !== undefined);
  t.deepEqual(outside({major: 15, minor: 4}), [true, true, true]);
  t.deepEqual(outside({major: 13, minor: 3}), [false, false, false]);
  t.true(expected(ending).every(lb => lb.mayBeAbsent !== undefined));
});

test('ClientIP affinity is distribution by source address', t => {
  t.is(expected(web(s => (s.spec.sessionAffinity = 'ClientIP')))[0]?.distribution, 2);
  t.is(expected(healthy())[0]?.distribution, 0);
});

test('a named target port is that of the endpoints', t => {
  const named = web(s => (s.spec.ports[0].targetPort = 'http')).change(
    'EndpointSlice',
    'shop/web-abcde',
    s => (s.ports[0].port = 8080),
  );
  t.deepEqual(expected(named)[0]?.internalPorts, [8080]);
});

test('kube-proxy leaves out headless Services, aliases, and those of other proxies', t => {
  t.deepEqual(expected(web(s => Object.assign(s.spec, {clusterIP: 'None', clusterIPs: ['None']}))), []);
  t.deepEqual(expected(web(s => (s.spec = {type: 'ExternalName', externalName: 'example.com'}))), []);
  for (const label of ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless']) {
    t.deepEqual(expected(web(s => (s.metadata.labels = {[label]: ''}))), []);
  }
});

test('a slice of another proxy has no endpoint for kube-proxy', t => {
  const other = healthy().change('EndpointSlice', 'shop/web-abcde', s => {
    s.metadata.labels['service.kubernetes.io/service-proxy-name'] = 'another';
  });
  t.deepEqual(expected(other)[0]?.backends, []);
});

test('a load balancer without node ports has none', t => {
  const without = exposed(s => {
    s.spec.allocateLoadBalancerNodePorts = false;
    delete s.spec.ports[0].nodePort;
  });
  t.false(expected(without).some(lb => lb.kind === 'NodePort'));
});

test('an ingress address that is balanced elsewhere may be absent, as may SCTP', t => {
  const proxied = exposed(s => (s.status.loadBalancer.ingress = [{ip: '20.0.0.1', ipMode: 'Proxy'}]));
  t.regex(expected(proxied).at(-1)?.mayBeAbsent ?? '', /ipMode Proxy/);
  const sctp = web(s => (s.spec.ports[0].protocol = 'SCTP')).change(
    'EndpointSlice',
    'shop/web-abcde',
    s => (s.ports[0].protocol = 'SCTP'),
  );
  t.regex(expected(sctp)[0]?.mayBeAbsent ?? '', /SCTP/);
});

test('an ingress that is a name only has no load balancer', t => {
  const named = exposed(s => (s.status.loadBalancer.ingress = [{hostname: 'web.example.com'}]));
  t.false(expected(named).some(lb => lb.kind === 'Ingress'));
});

const dual = (): TestCluster => {
  const cluster = web(s => (s.spec.clusterIPs = ['10.96.30.1', 'fd00:10:96::1']));
  const slice = cluster.get('EndpointSlice', 'shop/web-abcde');
  return cluster.add({
    ...slice,
    metadata: {...slice.metadata, name: 'web-six'},
    addressType: 'IPv6',
    endpoints: [{addresses: ['fd00:10:244:1::5'], conditions: {ready: true}, nodeName: 'win-1'}],
  });
};

test('a Service of two families has a load balancer in each, where HNS can and the network is no overlay', t => {
  t.deepEqual(lines(expected(dual())), [
    'ClusterIP 10.96.30.1:80 flags 0 dsr false to win-1,win-2',
    'ClusterIP fd00:10:96::1:80 flags 0 dsr false to win-1',
  ]);
  t.is(expected(dual(), {networkType: 'overlay'}).length, 1);
  t.is(expected(dual(), {hnsVersion: {major: 11, minor: 9}}).length, 1);
});

test('whether the second family is served is not known without the version of HNS', t => {
  const [first, second] = expected(dual(), {hnsVersion: undefined});
  t.is(first?.mayBeAbsent, undefined);
  t.regex(second?.mayBeAbsent ?? '', /IPv6/);
});

test('two Services that want one address and port get one load balancer, of either', t => {
  const shared = exposed().add({
    ...exposed().get('Service', 'shop/web'),
    metadata: {namespace: 'shop', name: 'z-api'},
    spec: {
      ...exposed().get('Service', 'shop/web')['spec'],
      clusterIP: '10.96.30.9',
      clusterIPs: ['10.96.30.9'],
      ports: [{port: 80, protocol: 'TCP'}],
    },
  });
  const external = expected(shared).filter(lb => lb.kind === 'ExternalIP');
  t.is(external.length, 1);
  t.regex(external[0]?.anyBackends ?? '', /Service shop\/z-api wants the same/);
  t.is(external[0]?.mayBeAbsent, undefined);
});
