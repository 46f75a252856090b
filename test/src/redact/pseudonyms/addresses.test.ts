import test from 'ava';
import {array, assert, constantFrom, integer, property, tuple} from 'fast-check';
import type {IpNet} from '../../../../src/kube/ip.ts';
import {netHolds, parseIp, parseNet} from '../../../../src/kube/ip.ts';
import {Pseudonyms} from '../../../../src/redact/pseudonyms/pseudonyms.ts';

const KEY = '5a'.repeat(32);
const NO_NAMES = {hosts: [], objects: []};
const ips = new Pseudonyms({key: KEY, kinds: ['ips'], names: NO_NAMES});
const mixed = (text: string): string => ips.text(text);

const byte = integer({min: 0, max: 255});
const v4 = tuple(constantFrom(10, 172, 192, 100, 52, 203), byte, byte, byte).map(parts => parts.join('.'));
const hextet = integer({min: 0, max: 0xffff}).map(value => value.toString(16));
const v6 = tuple(
  constantFrom('fd12', '2001', '2a01', 'fc00'),
  array(hextet, {minLength: 7, maxLength: 7}),
).map(([first, rest]) => [first, ...rest].join(':'));

/** The network of so many bits that an address is in, as people write it. */
function netOf(address: string, bits: number): string {
  if (address.includes(':')) {
    const {value} = parseIp(address) ?? {value: 0n};
    const base = (value >> BigInt(128 - bits)) << BigInt(128 - bits);
    const groups = Array.from({length: 8}, (_, n) => ((base >> BigInt(112 - 16 * n)) & 0xffffn).toString(16));
    return `${groups.join(':')}/${bits}`;
  }
  const {value} = parseIp(address) ?? {value: 0n};
  const base = (value >> BigInt(32 - bits)) << BigInt(32 - bits);
  return `${[24n, 16n, 8n, 0n].map(shift => (base >> shift) & 255n).join('.')}/${bits}`;
}

function holds(net: string, address: string): boolean {
  const parsed = parseNet(net);
  const ip = parseIp(address);
  if (!parsed || !ip) throw new Error(`${net} or ${address} is no longer what it was`);
  return netHolds(parsed satisfies IpNet, ip);
}

test('an address is in a network afterwards if and only if it was before, of either family and any length', t => {
  assert(
    property(v4, v4, integer({min: 0, max: 32}), (one, other, bits) => {
      const net = netOf(one, bits);
      return holds(mixed(net), mixed(one)) && holds(net, other) === holds(mixed(net), mixed(other));
    }),
    {numRuns: 2000},
  );
  assert(
    property(v6, v6, integer({min: 0, max: 128}), (one, other, bits) => {
      const net = netOf(one, bits);
      return holds(mixed(net), mixed(one)) && holds(net, other) === holds(mixed(net), mixed(other));
    }),
    {numRuns: 1000},
  );
  t.pass();
});

test('two addresses have one pseudonym if and only if they are one, and a pseudonym ends as the address did', t => {
  assert(
    property(v4, v4, (one, other) => (one === other) === (mixed(one) === mixed(other))),
    {numRuns: 2000},
  );
  assert(property(v4, address => mixed(address).split('.')[3] === address.split('.')[3]));
  assert(property(v6, address => mixed(address).length === address.length));
  t.pass();
});

test('private addresses stay private, and public ones public', t => {
  const kinds = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];
  assert(
    property(v4, address => kinds.every(kind => holds(kind, address) === holds(kind, mixed(address)))),
    {numRuns: 2000},
  );
  t.pass();
});

for (const address of [
  '0.0.0.0',
  '127.0.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '255.255.240.0',
  '224.0.0.251',
  '8.8.8.8',
  '::1',
  '::',
  'fe80::1ff:fe23:4567:890a',
  'ff02::1',
  'fd00:ec2::254',
  '64:ff9b::8.8.8.8',
])
  test(`everybody knows ${address}: it stays`, t => {
    t.is(mixed(address), address);
  });

for (const text of [
  '10.0.17763.6293',
  '"osVersion": "10.0.20.1"',
  'version: 1.2.3.4',
  '1.3.6.1.4.1.311',
  '12:00:00.123',
  '00:15:5D:01:02:03',
  '00-15-5D-01-02-03',
  'std::vector',
  '2026-09-01T10:10:10Z',
  '0a580af4-0101-4f3c-9c3a-2b6b0f6f6f01',
])
  test(`${text} is no address: it stays`, t => {
    t.is(mixed(text), text);
  });

test('addresses are found in URLs, JSON with escapes, names of pods and of hosts, with the same pseudonym everywhere', t => {
  const own = mixed('10.244.7.5');
  t.not(own, '10.244.7.5');
  t.is(mixed('https://10.244.7.5:6443/x?y=10.244.7.5'), `https://${own}:6443/x?y=${own}`);
  t.is(mixed(String.raw`{"a":"x\n10.244.7.5\/24"}`), String.raw`{"a":"x\n${own}\/24"}`);
  t.is(mixed('10-244-7-5.shop.pod.cluster.local'), `${own.replaceAll('.', '-')}.shop.pod.cluster.local`);
  t.is(mixed('ip-10-244-7-5.ec2.internal'), `ip-${own.replaceAll('.', '-')}.ec2.internal`);
  t.is(mixed('::ffff:10.244.7.5'), `::ffff:${own}`);
  const v6Own = mixed('fd12:3456:789a:1::5');
  t.not(v6Own, 'fd12:3456:789a:1::5');
  t.is(
    mixed(String.raw`"[fd12:3456:789a:1::5]:53\nfd12:3456:789a:1::5"`),
    String.raw`"[${v6Own}]:53\n${v6Own}"`,
  );
  t.true(holds(mixed('fd12:3456:789a::/48'), v6Own));
});

test('what is mixed with another key is another', t => {
  const others = new Pseudonyms({key: '77'.repeat(32), kinds: ['ips'], names: NO_NAMES});
  t.not(others.text('52.17.93.4'), mixed('52.17.93.4'));
});
