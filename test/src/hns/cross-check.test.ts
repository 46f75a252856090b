import test from 'ava';
import {crossCheck} from '../../../src/hns/cross-check.ts';
import type {LoadBalancerCheck} from '../../../src/hns/cross-check.ts';
import type {HnsEndpoint, HnsLoadBalancer} from '../../../src/hns/model.ts';
import {expectedLoadBalancers} from '../../../src/kube-proxy/expected.ts';
import {onNode} from '../../../src/node/on-node.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';

interface Edits {
  cluster?: TestCluster;
  balancers?: (all: HnsLoadBalancer[]) => HnsLoadBalancer[];
  endpoints?: (all: HnsEndpoint[]) => HnsEndpoint[];
}

/** The comparison on `win-1` of the healthy cluster, with something changed in what HNS has. */
function compare({
  cluster = healthyWithAgents(),
  balancers = a => a,
  endpoints = a => a,
}: Edits): LoadBalancerCheck {
  const snapshot = cluster.snapshot();
  const [nodes, services, slices] = [
    evidenceOf(snapshot, 'nodes'),
    evidenceOf(snapshot, 'services'),
    evidenceOf(snapshot, 'endpointSlices'),
  ];
  const [lbs, eps] = [
    onNode(evidenceOf(snapshot, 'node.hns.loadbalancers'), 'win-1'),
    onNode(evidenceOf(snapshot, 'node.hns.endpoints'), 'win-1'),
  ];
  const node = nodes.ok ? nodes.value.find(n => n.metadata.name === 'win-1') : undefined;
  if (!node || !services.ok || !slices.ok || !lbs.ok || !eps.ok) throw new Error('something is missing');
  const expectation = expectedLoadBalancers({
    node,
    services: services.value,
    endpointSlices: slices.value,
    config: {dsr: false, forwardHealthcheckVip: false, rootEndpoint: 'cbr0', healthPort: 10_256},
    hnsVersion: {major: 13, minor: 3},
    networkType: 'overlay',
  });
  return crossCheck({
    node,
    expectation,
    loadBalancers: balancers(lbs.value),
    endpoints: endpoints(eps.value),
  });
}

const isWeb = ({vips}: HnsLoadBalancer): boolean => vips.includes('10.96.30.1');

test('what HNS has of a healthy cluster is what kube-proxy would make', t => {
  const {matches, missing, orphaned, duplicates, wanted} = compare({});
  t.is(wanted, 3);
  t.is(matches.length, 3);
  t.deepEqual([missing, orphaned, duplicates], [[], [], []]);
  for (const m of matches) t.deepEqual([m.missing, m.extra, m.dangling, m.wrongPort], [[], [], [], false]);
});

test('each load balancer that is gone is missing, and each that nobody wants is an orphan', t => {
  const {missing, orphaned} = compare({
    balancers: all => all.map(b => (isWeb(b) ? {...b, vips: ['10.96.99.9']} : b)),
  });
  t.deepEqual(
    missing.map(m => m.expected.vip),
    ['10.96.30.1'],
  );
  t.deepEqual(
    orphaned.map(o => o.vip),
    ['10.96.99.9'],
  );
});

test('of two for one address the one that is as wanted is compared', t => {
  const {duplicates, matches} = compare({
    balancers: all => all.flatMap(b => (isWeb(b) ? [{...b, endpoints: []}, b] : [b])),
  });
  t.is(duplicates.length, 1);
  t.deepEqual(
    matches.flatMap(m => m.missing),
    [],
  );
});

test('an endpoint that HNS does not have is dangling, and its address missing', t => {
  const {matches} = compare({endpoints: all => all.filter(e => !e.remote)});
  const web = matches.find(m => m.expected.vip === '10.96.30.1');
  t.is(web?.dangling.length, 1);
  t.deepEqual(
    web?.missing.map(m => m.hasEndpoint),
    [false],
  );
});

test('addresses of IPv6 are compared, and not their spelling', t => {
  const cluster = healthyWithAgents().change('Service', 'shop/web', s => {
    s.spec.externalIPs = ['2001:db8::7'];
  });
  const {missing, orphaned} = compare({
    cluster,
    balancers: all => [
      ...all,
      ...all.filter(isWeb).map(b => ({...b, vips: ['2001:db8:0:0:0:0:0:7'], ipv6: true})),
    ],
  });
  t.deepEqual([missing, orphaned], [[], []]);
});
