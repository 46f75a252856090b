import test from 'ava';
import {callsFor} from '../../../../src/probes/exec/calls.ts';
import {powershellAsks, powershellConnects} from '../../../../src/probes/exec/powershell.ts';
import {bash} from '../../../../src/probes/exec/shells.ts';
import type {Probe} from '../../../../src/probes/types.ts';

const probe = (os: 'windows' | 'linux', more: Partial<Probe>): Probe => ({
  id: 'a',
  leg: 'cluster-ip',
  from: {node: 'n', os, pod: {namespace: 'shop', name: 'web'}},
  to: {host: 'fd00::1', port: 80, of: {kind: 'Service', name: 'web'}},
  protocol: 'tcp',
  ...more,
});

test('nothing of a target is ever a part of a script: what is no address and no name is not called with', t => {
  t.deepEqual(powershellConnects("10.0.0.1'); rm", 80), []);
  t.deepEqual(powershellAsks('web', "10.0.0.1' ", true), []);
  const {command} = bash('$(reboot)', 80);
  t.is(command[4], 'exec 3<>"/dev/tcp/$1/$2"');
});

test('each operating system has its own programs, and some things no program can try', t => {
  const programs = (os: 'windows' | 'linux', more: Partial<Probe> = {}) =>
    callsFor(probe(os, more)).map(c => c.command[0]);
  t.deepEqual(programs('windows'), ['powershell.exe', 'pwsh.exe', 'curl.exe']);
  t.deepEqual(programs('linux'), ['timeout', 'nc', 'nc', 'curl', 'wget']);
  t.deepEqual(programs('linux', {protocol: 'path-mtu'}), []);
  t.deepEqual(programs('linux', {protocol: 'dns-tcp', query: 'a'}), []);
  t.deepEqual(programs('linux', {protocol: 'dns-udp', query: 'web', leg: 'short-name'}), ['getent', 'curl']);
  t.deepEqual(programs('windows', {protocol: 'dns-udp', query: 'web'}), [
    'powershell.exe',
    'pwsh.exe',
    'nslookup.exe',
  ]);
  t.deepEqual(programs('windows', {protocol: 'https'}), ['curl.exe']);
  const [, , , linux] = callsFor(probe('linux', {}));
  t.is(linux?.command.at(-1), 'telnet://[fd00::1]:80/');
});
