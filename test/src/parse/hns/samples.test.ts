import test from 'ava';
import {decodeText} from '../../../../src/capture/decode.ts';
import {HNS_READINGS} from '../../../../src/hns/readings.ts';
import {readHnsText} from '../../../../src/parse/hns/read-text.ts';
import type {HnsText} from '../../../../src/parse/hns/text.ts';
import {testWithSample} from '../../../helpers/samples.ts';

/**
 * Every real text of HNS among the samples (`data/hns/INDEX.md`): objects of each kind that it holds, and fields that are not whole,
 * because PowerShell or whoever published it left something out.
 */
const SAMPLES: Record<string, {objects: Record<string, number>; cut?: string[]}> = {
  'hnscall-get-networks-flannel-overlay-and-nat-ws2019.json': {objects: {networks: 2}},
  'hnsdiag-list-all-flannel-vxlan0-ws2019.txt': {objects: {networks: 3, endpoints: 6, loadbalancers: 4}},
  'hnsdiag-list-endpoints-antrea.txt': {objects: {endpoints: 3}},
  'hnsendpoint-calico-overlay-abridged-ws2019.json.txt': {objects: {endpoints: 1}, cut: ['', 'Policies/2']},
  'hnsendpoint-calico-overlay-v1list-ws2019.txt': {objects: {endpoints: 4}},
  'hnsnetwork-calico-overlay-fixed-mgmtip-ws2019.txt': {
    objects: {networks: 1},
    cut: ['Resources/Allocators', 'Subnets/0/Policies'],
  },
  'hnsnetwork-docker-nat-ovs-ext-ws2019.txt': {
    objects: {networks: 2},
    cut: ['Resources/Allocators', 'Subnets/0/Policies'],
  },
  'hnsnetwork-docker-nat-ws2025.txt': {
    objects: {networks: 1},
    cut: ['Subnets/0/IpSubnets', 'Subnets/0/Policies', 'Resources/Allocators'],
  },
  'hnsnetwork-flannel-external-overlay-ws2019.txt': {
    objects: {networks: 1},
    cut: ['Resources/Allocators', 'Subnets/0/Policies'],
  },
  'hnspolicylist-elb-v1-ws2019.txt': {
    objects: {loadbalancers: 1},
    cut: ['Policies/0/VIPs', 'Resources/Allocators'],
  },
  'issue-excerpts/get-hnsnamespace-stuck-state4-ws2022.txt': {
    objects: {namespaces: 1},
    cut: ['Resources/Allocators'],
  },
  'issue-excerpts/hcn-loadbalancer-nodeport.json': {objects: {loadbalancers: 1}},
  'issue-excerpts/hcn-remotesubnetroute-policies-calico-vxlan.json.txt': {
    objects: {undefined: 2},
    cut: ['DistributedRouterMacAddress', ''],
  },
  'issue-excerpts/hns-etw-error-endpoint-degraded.txt': {objects: {}},
  'issue-excerpts/hnsdiag-list-all-eks.txt': {objects: {networks: 2, endpoints: 11}},
  'issue-excerpts/hnsdiag-loadbalancers-record-format.txt': {objects: {loadbalancers: 1}},
  'issue-excerpts/hnsdiag-namespace-healthy-ws2022.json.txt': {
    objects: {namespaces: 1},
    cut: ['Resources/Allocators/0', 'Resources/Allocators', 'Resources', ''],
  },
  'issue-excerpts/hnsendpoint-aks-remote-converttojson-partial.json.txt': {
    objects: {endpoints: 1},
    cut: ['0/Resources/AdditionalParams', '0/Resources', '0', ''],
  },
  'issue-excerpts/hnsendpoint-calico-outboundnat-partial.json.txt': {
    objects: {endpoints: 1},
    cut: ['Policies/1', 'Policies', ''],
  },
  'issue-excerpts/hnsendpoint-calico-state3.txt': {objects: {endpoints: 1}},
  'issue-excerpts/hnsendpoint-l2bridge-remote-hns5.1.txt': {objects: {endpoints: 1}},
  'issue-excerpts/hnsendpoint-l2bridge-remote-kubeproxy-log.json': {objects: {endpoints: 1}},
  'issue-excerpts/hnsendpoint-v1-cni-nat-unattached-hns15.0.txt': {objects: {endpoints: 1}},
  'issue-excerpts/hnsendpoint-v1-docker-nat-created-hns9.2.json': {objects: {endpoints: 1}},
  'issue-excerpts/hnsendpoint-ws2025-isolation-policy-allocator-partial.json.txt': {
    objects: {undefined: 1},
    cut: [''],
  },
  'issue-excerpts/hnsnamespaces-hns15.0.txt': {objects: {namespaces: 2}},
  'issue-excerpts/hnsnetwork-calico-external-ws2022-partial.txt': {
    objects: {networks: 1},
    cut: ['Subnets/0', 'Subnets'],
  },
  'issue-excerpts/hnsnetwork-external-overlay-hns15.0-partial.json': {objects: {networks: 1}},
  'issue-excerpts/hnsnetwork-nat-vlan-policy-ws2022-partial.txt': {objects: {networks: 1}},
  'issue-excerpts/hnsnetwork-wsl-ics-hns15.0.json': {objects: {networks: 1}},
  'issue-excerpts/hnspolicylist-dsr-elb-hns15.0.txt': {
    objects: {loadbalancers: 1},
    cut: ['Policies/0/VIPs', 'Resources/Allocators'],
  },
};

/** Words and figures of a text, however they are quoted, wrapped and put in brackets. */
function wordsOf(text: string): string[] {
  return text
    .split(/[\s{}[\]",;=|@/\\]+/)
    .map(word => word.replace(/^[:.…]+|[:.…]+$/g, '').toLowerCase())
    .filter(word => /[\p{L}\p{N}]/u.test(word));
}

/** Everything that was kept of a text. */
function kept({objects, cuts, rest}: HnsText): string[] {
  return [
    ...objects.flatMap(o => leavesOf(o.raw)),
    ...cuts.map(c => c.text ?? ''),
    ...rest.map(r => r.text),
  ].flatMap(wordsOf);
}

function leavesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => [key, ...leavesOf(inner)]);
  // What PowerShell prints in place of a list.
  return [value === undefined ? 'System.Object System.Collections.ArrayList' : JSON.stringify(value)];
}

/** How `hnsdiag` calls what HNS calls otherwise, and what HNSCall wraps its answers in. */
const LABELS = new Set(wordsOf('Load Balancer Virtual IPs Direct IP IDs Output'));

for (const [file, {objects, cut = []}] of Object.entries(SAMPLES)) {
  testWithSample(`${file} is read without loss`, `hns/${file}`, (t, _, bytes) => {
    const {text} = decodeText(bytes);
    const read = readHnsText(text);
    const found = Map.groupBy(read.objects, o => String(o.kind));
    t.deepEqual(Object.fromEntries([...found].map(([kind, all]) => [kind, all.length])), objects);
    t.deepEqual([...new Set(read.cuts.map(c => c.field))].sort(), [...cut].sort());
    const left = new Map<string, number>();
    for (const word of kept(read)) left.set(word, (left.get(word) ?? 0) + 1);
    const lost = wordsOf(text).filter(word => {
      const count = left.get(word) ?? 0;
      left.set(word, count - 1);
      return count === 0 && !LABELS.has(word);
    });
    t.deepEqual(lost, []);
  });
}

const read = (text: string) =>
  readHnsText(text).objects.map(o => o.kind && HNS_READINGS[o.kind].read(o.raw, {v1: 0}));

testWithSample(
  'a network in a list is the network that it is',
  'hns/hnsnetwork-calico-overlay-fixed-mgmtip-ws2019.txt',
  (t, text) => {
    t.like(read(text)[0], {
      id: 'fad80830-616c-4bc2-8758-ba64aea8f627',
      name: 'Calico',
      type: 'overlay',
      state: 1,
      managementIps: ['10.20.30.11'],
      subnets: {0: {prefix: '100.244.206.64/26', gateway: '100.244.206.65'}},
      policies: {
        1: {type: 'RemoteSubnetRoute', settings: {DestinationPrefix: '100.244.49.64/26', IsolationId: 4096}},
      },
      extensions: {1: {id: 'e9b59cfa-2be1-4b21-828f-b6fbdbddc017', enabled: true}},
    });
  },
);

testWithSample(
  'a remote endpoint in a list has its provider address',
  'hns/hnsendpoint-calico-overlay-v1list-ws2019.txt',
  (t, text) => {
    t.like(read(text)[0], {
      remote: true,
      ips: ['10.99.234.145'],
      mac: '08-00-27-09-de-92',
      policies: {0: {type: 'ProviderAddress', settings: {ProviderAddress: '10.20.30.11'}}},
    });
  },
);

testWithSample(
  'a load balancer in a list has its ports and endpoints',
  'hns/hnspolicylist-elb-v1-ws2019.txt',
  (t, text) => {
    t.like(read(text)[0], {
      state: 2,
      sourceVip: '100.244.206.66',
      ports: {0: {protocol: 6, internal: 8080, external: 80}},
      endpoints: {0: '028abaed-7ff6-4fdc-992c-d3b004936be0', length: 3},
    });
  },
);

testWithSample(
  'a namespace that is stuck has its state and its dead container',
  'hns/issue-excerpts/get-hnsnamespace-stuck-state4-ws2022.txt',
  (t, text) => {
    t.like(read(text)[0], {
      id: '932331a3-b265-4fce-b4c8-079e70982379',
      compartment: 51,
      state: 4,
      endpoints: [],
      containers: ['4b57fac484487d41925f27601c210d4a7634eb5407f9fffe28037f5eba3bbd0d'],
    });
  },
);

testWithSample(
  'a load balancer of hnsdiag has its addresses and endpoints',
  'hns/hnsdiag-list-all-flannel-vxlan0-ws2019.txt',
  (t, text) => {
    t.like(read(text)[10], {
      vips: ['10.96.0.10'],
      endpoints: ['fc0bbb8f-52a6-486f-bff8-10ab92859006', '07f382ab-8884-40ba-8adf-efe4c92e8608'],
    });
  },
);

test('the samples that are read are all that are of HNS', t => {
  t.is(Object.keys(SAMPLES).length, 31);
});
