import test from 'ava';
import {PROBE_LIMITS} from '../../../../src/protocol/probes/orders.ts';
import {readProbesRequest} from '../../../../src/protocol/probes/read-request.ts';

const NONCE = '0123456789abcdef0123456789abcdef';
const TCP = {id: 'a', kind: 'tcp', host: '10.0.0.1', port: 80};

const ORDERS = [
  TCP,
  {id: 'b', kind: 'http', host: 'web.shop.svc', port: 80, path: '/healthz?full=1', family: 6},
  {id: 'c', kind: 'https', host: 'fd00::1', port: 443, tries: 3, timeoutMs: 2000},
  {id: 'd', kind: 'dns-udp', query: 'kubernetes.default.svc.cluster.local.', server: '10.96.0.10'},
  {id: 'e', kind: 'dns-tcp', query: 'web', search: true, recordType: 'AAAA', port: 5353},
  {id: 'f', kind: 'listen', nonce: NONCE, listenMs: 1000, from: {namespace: 'shop', name: 'web-0'}},
  {id: 'g', kind: 'path-mtu', nonce: NONCE, host: '10.0.0.2', port: 40000},
];

test('orders of every kind are taken as they are', t => {
  t.deepEqual(readProbesRequest({orders: ORDERS, deadlineMs: 1000}), {orders: ORDERS, deadlineMs: 1000});
});

const refused: readonly [what: string, order: object, says: RegExp][] = [
  ['no kind', {id: 'a', host: 'x', port: 1}, /kind is none of tcp/],
  ['a kind of nobody', {...TCP, kind: 'exec'}, /kind is none of tcp/],
  ['no id', {kind: 'tcp', host: 'x', port: 1}, /its id is missing/],
  ['an id with line ends', {...TCP, id: 'a\nb'}, /its id is not/],
  ['a field of another kind', {...TCP, nonce: NONCE}, /tcp has no field nonce/],
  ['a field of an object', {...TCP, constructor: 1}, /tcp has no field constructor/],
  ['port 0', {...TCP, port: 0}, /its port is not/],
  ['a port as text', {...TCP, port: '80'}, /its port is not/],
  ['a zone', {...TCP, host: 'fe80::1%eth0'}, /its host is not/],
  ['a URL', {...TCP, host: 'http://x/'}, /its host is not/],
  ['too many tries', {...TCP, tries: PROBE_LIMITS.tries + 1}, /its tries is not/],
  ['no time', {...TCP, timeoutMs: 0}, /its timeoutMs is not/],
  ['a header in the path', {...TCP, kind: 'http', path: '/ HTTP/1.1\r\nX: y'}, /its path is not/],
  ['a nonce that can be guessed', {id: 'a', kind: 'listen', nonce: '0'}, /its nonce is not/],
  ['a pod outside of its namespace', {...TCP, from: {namespace: '../x', name: 'y'}}, /its from is not/],
  ['a pod with more than a name', {...TCP, from: {namespace: 'x', name: 'y', pid: 1}}, /its from is not/],
  ['a name with a quote', {id: 'a', kind: 'dns-udp', query: 'a"b'}, /its query is not/],
];

for (const [what, order, says] of refused)
  test(`${what} is refused`, t => {
    const read = readProbesRequest({orders: [order]});
    t.true(typeof read === 'string' && says.test(read), JSON.stringify(read));
  });

test('what is no list of orders, or too long a one, is refused', t => {
  for (const body of [null, [], {}, {orders: []}, {orders: {}}, {orders: [TCP], more: 1}])
    t.is(typeof readProbesRequest(body), 'string');
  const many = Array.from({length: PROBE_LIMITS.orders + 1}, (_, i) => ({...TCP, id: `a${i}`}));
  t.is(typeof readProbesRequest({orders: many}), 'string');
  t.is(typeof readProbesRequest({orders: many.slice(1)}), 'object');
});

test('two orders with one id are refused', t => {
  t.is(readProbesRequest({orders: [TCP, TCP]}), 'orders[1]: another order has its id');
});
