import {isIPv6} from 'node:net';
import test from 'ava';
import {assert, constantFrom, ipV6, property, string} from 'fast-check';
import {ipKey, netCovers, netHolds, netsOverlap, parseIp, parseNet, sameIp} from '../../../src/kube/ip.ts';

const net = (text: string) => {
  const found = parseNet(text);
  if (!found) throw new Error(`${text} is no network`);
  return found;
};
const ip = (text: string) => {
  const found = parseIp(text);
  if (!found) throw new Error(`${text} is no address`);
  return found;
};

test('any way to write an IPv6 address names the same one', t => {
  for (const text of ['fd00::1', 'FD00:0:0:0::1', 'fd00:0000:0:0:0:0:0:1', 'fd00::0.0.0.1', 'fd00::1%12'])
    t.true(sameIp('fd00::1', text), text);
  t.false(sameIp('fd00::1', 'fd00::2'));
  t.not(ipKey('10.0.0.1'), ipKey('::a00:1'));
});

test('every IPv6 address that Node.js takes is read, and nothing else', t => {
  assert(property(ipV6(), text => parseIp(text)?.family === 6));
  const junk = string({unit: constantFrom('0', 'a', 'f', ':', '.', '/')});
  assert(property(junk, text => (parseIp(text)?.family === 6) === isIPv6(text)));
  t.pass();
});

test('networks hold addresses of their own family', t => {
  t.true(netHolds(net('10.244.1.0/24'), ip('10.244.1.255')));
  t.false(netHolds(net('10.244.1.0/24'), ip('10.244.2.0')));
  t.true(netHolds(net('fd00:10::/32'), ip('fd00:10:1::5')));
  t.false(netHolds(net('0.0.0.0/0'), ip('fd00::1')));
  t.true(netCovers(net('10.244.0.0/16'), net('10.244.1.0/24')));
  t.false(netCovers(net('10.244.1.0/24'), net('10.244.0.0/16')));
  t.true(netsOverlap(net('10.244.1.0/24'), net('10.244.0.0/16')));
  t.false(netsOverlap(net('10.244.1.0/24'), net('10.245.0.0/16')));
});

test('what is no network is none', t => {
  const texts = [
    '10.0.0.1',
    '10.0.0.0/33',
    'fd00::/129',
    '__K8S_SERVICE_CIDR__',
    '<cidr>/16',
    '10.0.0.0/8/8',
    '',
  ];
  for (const text of texts) t.is(parseNet(text), undefined, text);
});
