import test from 'ava';
import * as fc from 'fast-check';
import {netHolds, parseIp, parseNet} from '../../../src/kube/ip.ts';
import {readPolicy, refusalOf} from '../../../src/probes/policy.ts';

const POLICY = readPolicy([
  '10.244.0.0/16',
  '10.96.0.0/12',
  '192.168.10.11/32',
  'fd00:10::/32',
  'api.example.test:443',
  '203.0.113.7:8443',
  '[2001:db8::7]:8443',
  'not a target',
  'name:99999',
]);

const ask = (host: string, port = 80, dnsServers: readonly string[] = []) => ({host, port, dnsServers});
const judge = (host: string, port?: number, resolved?: readonly string[]) =>
  refusalOf(POLICY, ask(host, port), resolved);

test('pods, Services and nodes may be tried, and what the installer lists by its port', t => {
  for (const host of ['10.244.3.7', '10.96.0.10', '192.168.10.11', 'fd00:10::7', 'FD00:10:0::7'])
    t.is(judge(host), undefined, host);
  t.is(judge('203.0.113.7', 8443), undefined);
  t.is(judge('2001:db8::7', 8443), undefined);
  t.is(judge('203.0.113.7', 443), 'outside');
  t.is(judge('192.168.10.12'), 'outside');
  t.is(judge('8.8.8.8', 53), 'outside');
});

const NEVER: readonly (readonly [string, string])[] = [
  ['127.0.0.1', 'loopback'],
  ['127.255.3.1', 'loopback'],
  ['::1', 'loopback'],
  ['0:0:0:0:0:0:0:1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['::127.0.0.1', 'loopback'],
  ['64:ff9b::127.0.0.1', 'loopback'],
  ['2002:7f00:1::', 'loopback'],
  ['169.254.169.254', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['2002:a9fe:a9fe::1', 'link-local'],
  ['fe80::1', 'link-local'],
  ['168.63.129.16', 'metadata'],
  ['::ffff:168.63.129.16', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['fd00:ec2:ffff::1', 'metadata'],
  ['0.0.0.0', 'not-unicast'],
  ['::', 'not-unicast'],
  ['224.0.0.1', 'not-unicast'],
  ['255.255.255.255', 'not-unicast'],
  ['ff02::1', 'not-unicast'],
];

test('no policy opens loopback, link-local addresses and metadata services', t => {
  const open = readPolicy(['0.0.0.0/0', '::/0', ...NEVER.map(([host]) => `[${host}]:80`), '127.0.0.1:80']);
  for (const [host, refusal] of NEVER) {
    t.is(refusalOf(open, ask(host)), refusal as typeof refusal & undefined, host);
    t.is(
      refusalOf(open, ask('name.example'), [host]),
      refusal as typeof refusal & undefined,
      `name → ${host}`,
    );
  }
});

for (const host of [
  '127.1',
  '2130706433',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '010.244.3.7',
  '10.244.3.07',
  '127.0.0.1.',
  'fe80::1%eth0',
  '10.244.3.7%1',
  '',
  ' ',
  '.',
  'a..b',
  '-a.example',
  'a/b',
  'user@10.244.3.7',
  '10.244.3.7:80',
  '[10.244.3.7]',
  `${'a'.repeat(64)}.example`,
  'a.'.repeat(130),
])
  test(`${JSON.stringify(host).slice(0, 40)} is no target, whatever it might resolve to`, t => {
    t.is(judge(host, 80, ['10.244.3.7']), 'malformed');
  });

for (const port of [0, -1, 65_536, 1.5, Number.NaN])
  test(`${port} is no port`, t => t.is(judge('10.244.3.7', port), 'malformed'));

test('a name is judged by every address that it resolves to', t => {
  t.is(judge('web.shop.svc.cluster.local', 80, ['10.96.30.1']), undefined);
  t.is(judge('web.shop.svc.cluster.local', 80, ['10.96.30.1', '8.8.8.8']), 'outside');
  t.is(judge('web.shop.svc.cluster.local', 80, ['169.254.169.254']), 'link-local');
  t.is(judge('web.shop.svc.cluster.local', 80, []), 'unresolved');
  t.is(judge('web.shop.svc.cluster.local', 80, ['127.1']), 'malformed');
});

test('a listed name may lead anywhere but to what nothing may', t => {
  t.is(judge('API.example.test.', 443, ['203.0.113.99']), undefined);
  t.is(judge('api.example.test', 8443, ['203.0.113.99']), 'outside');
  t.is(judge('api.example.test', 443, ['127.0.0.1']), 'loopback');
});

test("a pod's own DNS server may be link-local, on its port only", t => {
  const own = ['169.254.20.10', 'fe80::a'];
  t.is(refusalOf(POLICY, ask('169.254.20.10', 53, own)), undefined);
  t.is(refusalOf(POLICY, ask('fe80::a', 53, own)), undefined);
  t.is(refusalOf(POLICY, ask('169.254.20.10', 80, own)), 'link-local');
  t.is(refusalOf(POLICY, ask('169.254.20.11', 53, own)), 'link-local');
  t.is(refusalOf(POLICY, ask('127.0.0.1', 53, ['127.0.0.1'])), 'loopback');
  t.is(refusalOf(POLICY, ask('168.63.129.16', 53, ['168.63.129.16'])), 'metadata');
  t.is(refusalOf(POLICY, ask('8.8.8.8', 53, ['8.8.8.8'])), 'outside');
});

test('whatever is asked for, what may go lies in the policy and in nothing that is closed', t => {
  const closed = [
    '127.0.0.0/8',
    '169.254.0.0/16',
    '168.63.129.16/32',
    '::1/128',
    'fe80::/10',
    'fd00:ec2::/32',
  ];
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc
      .tuple(fc.constantFrom('10.244', '169.254', '127.0', '10.96'), fc.nat(255), fc.nat(255))
      .map(p => p.join('.')),
    fc.string({maxLength: 30}),
    fc.domain(),
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(
        host,
        fc.integer({min: -1, max: 70_000}),
        fc.array(host, {maxLength: 3}),
        (asked, port, resolved) => {
          if (refusalOf(POLICY, ask(asked, port), resolved) !== undefined) return true;
          const reached = parseIp(asked) ? [asked] : resolved;
          return (
            port > 0 &&
            port < 65_536 &&
            reached.length > 0 &&
            reached.every(text => {
              const ip = parseIp(text);
              const inNet = (net: string) => {
                const parsed = parseNet(net);
                return ip !== undefined && parsed !== undefined && netHolds(parsed, ip);
              };
              return ip !== undefined && !closed.some(inNet);
            })
          );
        },
      ),
      {numRuns: 5000},
    ),
  );
});
