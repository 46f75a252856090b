import test from 'ava';
import {assert, ipV4, ipV6, property, uint8Array} from 'fast-check';
import {registryData} from '../../../agent/win32/api/registry.ts';
import {addressText, ipv6Text} from '../../../agent/win32/api/sockaddr.ts';
import type {LocalSocket} from '../../../agent/win32/api/sockets.ts';
import {fileTime} from '../../../agent/win32/api/wide.ts';
import {blockingPorts, usedPorts} from '../../../agent/win32/ports-collector.ts';
import {answerTo} from '../../../agent/win32/answers.ts';
import {rebootReasons} from '../../../agent/win32/reboot.ts';
import type {PortProtocol, RebootReason} from '../../../src/protocol/node-facts.ts';
import {denied, fakeWindows, registryOf} from './fake-windows.ts';

const CONTROL = 'SYSTEM\\CurrentControlSet\\Control';
const STATE = 'SYSTEM\\CurrentControlSet\\Services\\hns\\State';

function reasonsIn(keys: Parameters<typeof registryOf>[0]): RebootReason[] {
  return rebootReasons({registryKey: registryOf(keys)});
}

test('every sign of a pending restart is told, and a quiet registry has none', t => {
  const current = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
  const names = (active: string) => ({
    [`${CONTROL}\\ComputerName\\ActiveComputerName`]: {ComputerName: active},
    [`${CONTROL}\\ComputerName\\ComputerName`]: {ComputerName: 'WIN-1'},
  });
  t.deepEqual(reasonsIn({}), []);
  t.deepEqual(reasonsIn(names('WIN-1')), []);
  t.deepEqual(reasonsIn({[`${CONTROL}\\Session Manager`]: {PendingFileRenameOperations: []}}), []);
  t.deepEqual(reasonsIn({[`${current}\\Component Based Servicing\\RebootPending`]: {}}), ['servicing']);
  t.deepEqual(reasonsIn({[`${current}\\WindowsUpdate\\Auto Update\\RebootRequired`]: {a: 1}}), ['update']);
  t.deepEqual(reasonsIn({'SOFTWARE\\Microsoft\\Updates': {UpdateExeVolatile: 0}}), []);
  t.deepEqual(reasonsIn({'SOFTWARE\\Microsoft\\Updates': {UpdateExeVolatile: 5}}), ['update-installer']);
  t.deepEqual(reasonsIn({[`${CONTROL}\\Session Manager`]: {PendingFileRenameOperations: ['\\??\\C:\\x']}}), [
    'rename',
  ]);
  t.deepEqual(reasonsIn(names('WIN-2')), ['computer-name']);
  t.deepEqual(reasonsIn({'SYSTEM\\CurrentControlSet\\Services\\Netlogon': {JoinDomain: 1}}), ['domain-join']);
});

test('a registry that refuses leaves the rest of the system known', t => {
  const {value, partial} = answerTo('system', fakeWindows({registryKey: denied}));
  t.like(value, {build: 20_348, productName: null, rebootPending: null, memory: {total: 8, available: 4}});
  t.is(partial?.reason, 'denied');
  t.regex(partial?.detail ?? '', /^rebootPending: .*; version: /);
});

test('a service keeps what is known of it where its configuration or its process is not', t => {
  const service = {
    driver: false,
    displayName: 'Host Network Service',
    state: 'StopPending',
    startType: null,
  } as const;
  const services = () => [
    {...service, name: 'hns', pid: 4711},
    {...service, name: 'vfpext', pid: 0, driver: true},
  ];
  const {value, partial} = answerTo('services', fakeWindows({services, processes: denied}));
  t.deepEqual(value, [
    {
      name: 'hns',
      displayName: 'Host Network Service',
      state: 'StopPending',
      startType: null,
      pid: 4711,
      startedAt: null,
      threads: null,
    },
    {
      name: 'vfpext',
      displayName: 'Host Network Service',
      state: 'StopPending',
      startType: null,
      pid: null,
      startedAt: null,
      threads: null,
    },
  ]);
  t.is(partial?.reason, 'denied');
});

test('arguments are asked of programs on the allow-list only, and a refusal is told', t => {
  const asked: number[] = [];
  const process = {threads: 1, startedAt: null};
  const windows = fakeWindows({
    processes: () => [
      {...process, pid: 1, image: 'kubelet.exe'},
      {...process, pid: 2, image: 'sqlservr.exe'},
      {...process, pid: 3, image: 'kube-proxy.exe'},
      {...process, pid: 4, image: 'containerd.exe'},
    ],
    argumentsOf: pid => {
      asked.push(pid);
      if (pid === 3) denied();
      return pid === 4 ? null : ['C:\\k\\kubelet.exe', '--v=2', '--kubeconfig=C:\\k\\config'];
    },
  });
  const {value, partial} = answerTo('processes', windows);
  t.deepEqual(
    value.map(({flags}) => flags),
    [{v: '2'}, null, null, null],
  );
  t.deepEqual(asked, [1, 3, 4]);
  t.regex(partial?.detail ?? '', /^flags of kube-proxy\.exe \(3\): access is denied$/);
});

test('routes are asked in every compartment that has an adapter', t => {
  const adapter = {name: '', description: '', index: 1, mac: '', mtu: 1500, status: 'up', addresses: []};
  const windows = fakeWindows({
    adapters: () => [1, 3, 3].map(compartment => ({...adapter, gateways: [], dns: [], compartment})),
    routes: compartments =>
      Array.from(compartments, compartment => ({
        destination: '0.0.0.0/0',
        nextHop: '10.0.0.1',
        index: 1,
        metric: 0,
        compartment,
      })),
  });
  t.deepEqual(
    answerTo('routes', windows).value.map(route => route.compartment),
    [1, 3],
  );
});

test('a key that may not be read is a gap, others are there', t => {
  const registry = registryOf({[STATE]: {HnsPolicyUpdateChange: 1}});
  const registryKey = (path: string) => (path.includes('VfpExt') ? denied() : registry(path));
  const {value, partial} = answerTo('registry', fakeWindows({registryKey}));
  t.deepEqual(value, {[`HKLM\\${STATE}`]: {HnsPolicyUpdateChange: 1}});
  t.regex(partial?.detail ?? '', /VfpExt/);
});

test('values of the registry keep every bit', t => {
  const qword = Buffer.alloc(8);
  qword.writeBigUInt64LE(0xffff_ffff_ffff_ffffn);
  t.is(registryData(11, qword), '18446744073709551615');
  t.is(registryData(4, Buffer.from([0xff, 0xff, 0xff, 0xff])), 4_294_967_295);
  t.is(registryData(5, Buffer.from([0, 0, 1, 0])), 256);
  t.is(registryData(4, Buffer.from([1])), '01');
  t.is(registryData(1, Buffer.from('a\0b\0', 'utf16le')), 'a');
  t.is(registryData(2, Buffer.from('%x%', 'utf16le')), '%x%');
  t.deepEqual(registryData(7, Buffer.from('a\0b\0\0', 'utf16le')), ['a', 'b']);
  t.is(registryData(3, Buffer.from([0, 255])), '00ff');
  assert(
    property(uint8Array({maxLength: 40}), bytes => {
      for (let type = 0; type < 16; type++) registryData(type, Buffer.from(bytes));
      t.pass();
    }),
  );
});

test('addresses are written as RFC 5952 wants them', t => {
  assert(
    property(ipV6(), text => {
      const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
      t.is(ipv6Text(bytesOf(canonical)), canonical);
    }),
  );
  assert(
    property(ipV4(), text => {
      t.is(addressText(Buffer.from([2, 0, 0, 0, ...text.split('.').map(Number)])), text);
    }),
  );
  t.is(addressText(Buffer.from([23, 0, 0, 0, 0, 0, 0, 0])), undefined);
  t.is(addressText(Buffer.alloc(28)), undefined);
});

function groupsOf(part: string): string[] {
  return part.split(':').filter(group => group !== '');
}

function bytesOf(ipv6: string): Buffer {
  const [head = '', tail] = ipv6.split('::');
  const right = tail === undefined ? [] : groupsOf(tail);
  const left = groupsOf(head);
  const all = [...left, ...Array.from({length: 8 - left.length - right.length}, () => '0'), ...right];
  return Buffer.from(all.map(group => group.padStart(4, '0')).join(''), 'hex');
}

test('file times are told in UTC, and never is null', t => {
  t.is(fileTime(0n), null);
  t.is(fileTime(116_444_736_000_000_000n), '1970-01-01T00:00:00.000Z');
  t.is(fileTime(134_088_768_000_000_000n), '2025-11-29T08:00:00.000Z');
});

function socketAt(protocol: PortProtocol, address: string, port: number): LocalSocket {
  return {protocol, address, port};
}

test('ports bound to loopback do not hinder a block, and each port counts once', t => {
  const sockets = [
    socketAt('tcp', '127.0.0.1', 50_000),
    socketAt('tcp', '0.0.0.0', 50_001),
    socketAt('tcp', '10.0.0.4', 50_001),
    socketAt('udp', '0.0.0.0', 50_002),
    socketAt('tcp', '10.0.0.4', 443),
  ];
  t.deepEqual([...blockingPorts(sockets)], [50_001, 443]);
  t.is(usedPorts(sockets, {protocol: 'tcp', start: 49_152, count: 16_384}), 2);
  t.is(usedPorts(sockets, {protocol: 'udp', start: 49_152, count: 16_384}), 1);
});
