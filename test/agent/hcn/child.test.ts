import test from 'ava';
import {runFamily} from '../../../agent/hcn/child.ts';
import type {ChildEvent} from '../../../agent/hcn/events.ts';
import {FAMILIES} from '../../../agent/hcn/families.ts';
import type {Family} from '../../../agent/hcn/families.ts';
import type {Hcn} from '../../../agent/hcn/hcn.ts';
import {recordedHcn} from '../../helpers/recorded-hcn.ts';
import {testWithSample} from '../../helpers/samples.ts';

const [A, B, C] = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'].map(start => `${start}-0000-0000-0000-000000000000`);
const [a, b, c] = [A ?? '', B ?? '', C ?? ''];

function eventsOf(hcn: Hcn, family: Family): ChildEvent[] {
  const events: ChildEvent[] = [];
  runFamily(hcn, family, event => events.push(event));
  return events;
}

test('a family asks v1 and v2, and hands on each object as HNS wrote it', t => {
  const v2 = '{"ID":"a",  "Flags":9007199254740993}';
  const hcn = recordedHcn({
    objects: {Endpoint: {[a]: v2}},
    v1: {
      '/endpoints/': '{"Success":true,"Output":[{"ID":"a","CreateProcessingStartTime":132062690972642312}]}',
    },
  });
  t.deepEqual(eventsOf(hcn, FAMILIES.endpoints), [
    {
      event: 'item',
      file: 'hns/v1-endpoints.json',
      text: '{"ID":"a","CreateProcessingStartTime":132062690972642312}',
    },
    {event: 'end', file: 'hns/v1-endpoints.json'},
    {event: 'item', file: 'hns/endpoints.json', text: v2},
    {event: 'end', file: 'hns/endpoints.json'},
  ]);
});

for (const [what, object] of [
  ['the enumeration and its opening', {open: 0x803b_0002}],
  ['its opening and the question', {query: 0x8007_0490}],
] as const) {
  test(`an object that goes away between ${what} is no fault`, t => {
    const hcn = recordedHcn({objects: {Endpoint: {[a]: '{"ID":"a"}', [b]: object, [c]: '{"ID":"c"}'}}});
    const events = eventsOf(hcn, {v2: FAMILIES.endpoints.v2});
    t.deepEqual(
      events.map(({event}) => event),
      ['item', 'item', 'end'],
    );
    t.is(hcn.closed, hcn.opened);
  });
}

test('an object that cannot be read is named with its HRESULT, the others are kept, every handle is closed', t => {
  const hcn = recordedHcn({objects: {LoadBalancer: {[a]: {query: 0x803b_0007}, [b]: '{"ID":"b"}'}}});
  t.deepEqual(eventsOf(hcn, {v2: FAMILIES.loadbalancers.v2}), [
    {
      event: 'error',
      file: 'hns/loadbalancers.json',
      error: {
        query: `HcnQueryLoadBalancerProperties ${a}`,
        hresult: '0x803b0007',
        code: 0x803b_0007,
        message: 'the endpoint has no port on the virtual switch',
      },
    },
    {event: 'item', file: 'hns/loadbalancers.json', text: '{"ID":"b"}'},
    {event: 'end', file: 'hns/loadbalancers.json'},
  ]);
  t.is(hcn.opened, 2);
  t.is(hcn.closed, 2);
});

for (const [hresult, reason, words] of [
  [0x8007_0005, 'denied', 'E_ACCESSDENIED (0x80070005)'],
  [0x803b_0015, 'unsupported', 'HCN_E_REQUEST_UNSUPPORTED (0x803b0015)'],
  [0x803b_0020, 'failed', 'HCN_E_MANAGER_STOPPED (0x803b0020)'],
  [0x8007_05b4, 'timeout', 'ERROR_TIMEOUT (0x800705b4)'],
] as const) {
  test(`an enumeration that ends with ${words} costs its own file: ${reason}`, t => {
    const hcn = recordedHcn({
      enumerate: {Network: hresult},
      v1: {'/networks/': '{"Success":true,"Output":[]}'},
    });
    const [v1, v2] = eventsOf(hcn, FAMILIES.networks);
    t.deepEqual(v1, {event: 'end', file: 'hns/v1-networks.json'});
    t.like(v2, {event: 'missing', file: 'hns/networks.json', reason});
    t.true(v2?.event === 'missing' && v2.detail.startsWith(`HcnEnumerateNetworks: ${words}`));
  });
}

test('a v1 answer of success that says that it failed is a failure, in its own words', t => {
  const response = '{"Success":false,"Error":"The switch-port was not found. ","ErrorCode":2151350279}';
  const [event] = eventsOf(recordedHcn({v1: {'/policylists/': response}}), {v1: FAMILIES.loadbalancers.v1});
  t.deepEqual(event, {
    event: 'missing',
    file: 'hns/v1-policylists.json',
    reason: 'failed',
    detail: 'HNSCall GET /policylists/: HCN_E_PORT_NOT_FOUND (0x803b0007): The switch-port was not found.',
  });
});

for (const output of ['', ',"Output":null', ',"Output":{}', ',"Output":[]']) {
  test(`a v1 list ${output || 'without an output'} is empty`, t => {
    const hcn = recordedHcn({v1: {'/namespaces/': `{"Success":true${output}}`}});
    t.deepEqual(eventsOf(hcn, {v1: FAMILIES.namespaces.v1}), [
      {event: 'end', file: 'hns/v1-namespaces.json'},
    ]);
  });
}

test('the version is what HNS answered', t => {
  const hcn = recordedHcn({v1: {'/globals/version': '{"Success":true,"Output":{"Major":13,"Minor":3}}'}});
  t.deepEqual(eventsOf(hcn, FAMILIES.version), [
    {event: 'text', file: 'hns/version.json', text: '{"Major":13,"Minor":3}'},
    {event: 'end', file: 'hns/version.json'},
  ]);
});

testWithSample(
  'networks of a real node come out with every digit and every field',
  'hns/hnscall-get-networks-flannel-overlay-and-nat-ws2019.json',
  (t, response) => {
    const events = eventsOf(recordedHcn({v1: {'/networks/': response}}), {v1: FAMILIES.networks.v1});
    const items = events.flatMap(event => (event.event === 'item' ? [event.text] : []));
    t.is(items.length, 2);
    for (const item of items) t.true(response.includes(item));
    t.true(items[0]?.includes('"LastUpdateTime":132062690972642312'));
  },
);
