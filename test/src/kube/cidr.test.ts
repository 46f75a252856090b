import test from 'ava';
import {holds, parseAddress, parseCidr} from '../../../src/kube/cidr.ts';

const inside = (cidr: string, address: string): boolean | undefined => {
  const network = parseCidr(cidr);
  const number = parseAddress(address);
  return network && number !== undefined ? holds(network, number) : undefined;
};

test('a network holds its first and last address and none beside it', t => {
  t.true(inside('10.96.0.0/12', '10.96.0.0'));
  t.true(inside('10.96.0.0/12', '10.111.255.255'));
  t.false(inside('10.96.0.0/12', '10.112.0.0'));
  t.false(inside('10.96.0.0/12', '10.95.255.255'));
});

test('the whole of IPv4 and a single address are networks', t => {
  t.true(inside('0.0.0.0/0', '255.255.255.255'));
  t.true(inside('192.0.2.7/32', '192.0.2.7'));
  t.false(inside('192.0.2.7/32', '192.0.2.8'));
});

test('what is no network or address is none', t => {
  for (const text of [
    '',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.256/8',
    '10.0.0/8',
    'fd00::/8',
    '10.0.0.0/-1',
    '10.0.0.0/x',
  ]) {
    t.is(parseCidr(text), undefined, text);
  }
  for (const text of ['', '1.2.3', '1.2.3.4.5', '1.2.3.300', 'None'])
    t.is(parseAddress(text), undefined, text);
});
