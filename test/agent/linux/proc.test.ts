import test from 'ava';
import {assert, array, constantFrom, integer, property, string} from 'fast-check';
import {
  parseBootTime,
  parseLocalPorts,
  parseMeminfo,
  parseNameServers,
  parseOsRelease,
  parsePortList,
  parseStat,
} from '../../../agent/linux/proc.ts';
import {parseIpv4Routes, parseIpv6Routes} from '../../../agent/linux/routes.ts';

test('os-release is read with quotes, escapes and bare words', t => {
  const text = `NAME="Flatcar \\"Container\\" Linux"\nID=flatcar\nVERSION='1.2'\n# COMMENT=x\nID_LIKE=coreos\nBUG=\n`;
  t.deepEqual(parseOsRelease(text), {
    NAME: 'Flatcar "Container" Linux',
    ID: 'flatcar',
    VERSION: '1.2',
    ID_LIKE: 'coreos',
    BUG: '',
  });
});

test('sizes of meminfo are bytes, counts without a unit are left out', t => {
  t.deepEqual(parseMeminfo('MemTotal:       16384 kB\nActive(anon):    4 kB\nHugePages_Total:       0\n'), {
    MemTotal: 16_777_216,
    'Active(anon)': 4096,
  });
});

test('a process may have any name, parentheses and spaces too', t => {
  const rest = `S 1 20 20 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 11 0 4711 1 1 1`;
  const name = array(constantFrom('a', ' ', ')', '(', '1'), {maxLength: 15}).map(parts => parts.join(''));
  assert(
    property(integer({min: 1, max: 99_999}), name, (pid, text) => {
      t.deepEqual(parseStat(`${pid} (${text}) ${rest}\n`), {name: text, parent: 1, threads: 11, ticks: 4711});
    }),
  );
  assert(
    property(string(), text => {
      parseStat(text);
      parseOsRelease(text);
      parseIpv4Routes(text);
      parseIpv6Routes(text);
      t.pass();
    }),
  );
});

test('boot time, ports and name servers are found in their texts', t => {
  t.is(parseBootTime('cpu 1 2\nbtime 1764404726\nprocesses 3\n'), 1_764_404_726);
  t.is(parseBootTime('cpu 1 2\n'), undefined);
  const tcp = `  sl  local_address rem_address   st
   0: 0100007F:C350 00000000:0000 0A 00000000:00000000
  10: 00000000000000000000000001000000:01BB 00000000000000000000000000000000:0000 0A 0
`;
  t.deepEqual(parseLocalPorts(tcp), [50_000, 443]);
  t.deepEqual(parsePortList('1000-1999,8080'), [
    {start: 1000, end: 1999},
    {start: 8080, end: 8080},
  ]);
  t.deepEqual(parsePortList(''), []);
  t.deepEqual(parseNameServers('search x\nnameserver 10.0.0.10\nnameserver fe80::1%eth0\n'), [
    '10.0.0.10',
    'fe80::1%eth0',
  ]);
});

test('routes of IPv4 are told, rejected ones not', t => {
  const text = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
cni0\t0001F40A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
*\t0000A8C0\t00000000\t0200\t0\t0\t0\t0000FFFF\t0\t0\t0
`;
  t.deepEqual(parseIpv4Routes(text), [
    {destination: '0.0.0.0/0', nextHop: '192.0.2.1', device: 'eth0', metric: 100},
    {destination: '10.244.1.0/24', nextHop: '0.0.0.0', device: 'cni0', metric: 0},
  ]);
});

test('routes of IPv6 are told, those of the local table not', t => {
  const zero = '0'.repeat(32);
  const line = (destination: string, bits: string, gateway: string, flags: string): string =>
    `${destination} ${bits} ${zero} 00 ${gateway} 00000400 00000001 00000000 ${flags}     eth0`;
  const text = [
    line(zero, '00', 'fe800000000000000000000000000001', '00000003'),
    line('fd000000000000000000000000000000', '40', zero, '00000001'),
    line('fd000000000000000000000000000002', '80', zero, '80200001'),
    line('ff000000000000000000000000000000', '08', zero, '00000001'),
    line(zero, '00', zero, '00200200'),
  ].join('\n');
  t.deepEqual(parseIpv6Routes(text), [
    {destination: '::/0', nextHop: 'fe80::1', device: 'eth0', metric: 1024},
    {destination: 'fd00::/64', nextHop: '::', device: 'eth0', metric: 1024},
  ]);
});
