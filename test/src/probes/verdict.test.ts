import test from 'ava';
import type {Probe, ProbeError, ProbeResult} from '../../../src/probes/types.ts';
import {linkSentence, serviceVerdict} from '../../../src/probes/verdict.ts';

function tried(host: string, kind: string, error?: ProbeError, os: 'windows' | 'linux' = 'windows') {
  const pod = {namespace: 'shop', name: 'client'};
  const probe: Probe = {
    id: host,
    leg: kind === 'Service' ? 'cluster-ip' : 'backend',
    from: {node: os === 'windows' ? 'win-3' : 'linux-0', os, pod},
    to: {host, port: 80, of: {kind, namespace: 'shop', name: 'web'}},
    protocol: 'tcp',
  };
  const result: ProbeResult = {
    probe: host,
    ok: error === undefined,
    ...(error && {error}),
    tries: 3,
    lost: error ? 3 : 0,
    way: 'netns',
    at: '2026-09-01T12:00:00Z',
  };
  return {probe, result};
}

const vip = (error?: ProbeError, os?: 'windows' | 'linux') => tried('10.96.30.1', 'Service', error, os);
const backend = (error?: ProbeError) => tried('10.244.1.7', 'Pod', error);
const FAILS = '10.96.30.1:80 of shop/web does not answer in time from pod shop/client on win-3';

test('a virtual IP fails, its backend answers, and HNS has nothing for it', t => {
  t.deepEqual(serviceVerdict(vip('timed-out'), backend(), 'missing'), {
    broken: 'load-balancer',
    sentence: `${FAILS}, its backend 10.244.1.7:80 answers, HNS on win-3 has no load balancer for it`,
  });
});

test('HNS that has the right load balancer leaves the data path', t => {
  const verdict = serviceVerdict(vip('timed-out'), backend(), 'right');
  t.is(verdict?.broken, 'data-path');
  t.regex(verdict?.sentence ?? '', /HNS on win-3 has the right load balancer .* \(VFP\)/);
});

test('HNS that leads elsewhere, or was not read, and Linux, which has rules in its place', t => {
  t.regex(serviceVerdict(vip('timed-out'), backend(), 'wrong-backends')?.sentence ?? '', /leads elsewhere$/);
  t.regex(
    serviceVerdict(vip('timed-out'), backend(), undefined)?.sentence ?? '',
    /what HNS has was not read$/,
  );
  t.regex(
    serviceVerdict(vip('refused', 'linux'), backend(), undefined)?.sentence ?? '',
    /is refused from pod shop\/client on linux-0, .*: the rules of kube-proxy on linux-0 are at fault$/,
  );
});

test('a backend that fails as well clears the Service', t => {
  t.like(serviceVerdict(vip('timed-out'), backend('timed-out'), 'missing'), {broken: 'backend-or-way'});
  t.like(serviceVerdict(vip('timed-out'), backend('refused'), 'right'), {
    broken: 'backend',
    sentence: `${FAILS}, and so does its backend 10.244.1.7:80: the pod does not serve that port`,
  });
});

test('nothing is said of a virtual IP that works or was not tried, and little without its backend', t => {
  t.is(serviceVerdict(vip(), backend('timed-out'), 'missing'), undefined);
  t.is(serviceVerdict(vip('not-allowed'), backend(), 'missing'), undefined);
  t.like(serviceVerdict(vip('timed-out'), undefined, 'missing'), {broken: 'unknown'});
  t.like(serviceVerdict(vip('timed-out'), backend('gone'), 'missing'), {broken: 'unknown'});
});

test('IPv6 addresses stand in brackets before their port', t => {
  t.is(
    serviceVerdict(tried('fd00:10:96::1', 'Service', 'timed-out'), tried('fd00:10:244::7', 'Pod'), 'missing')
      ?.sentence,
    '[fd00:10:96::1]:80 of shop/web does not answer in time from pod shop/client on win-3, its backend [fd00:10:244::7]:80 answers, HNS on win-3 has no load balancer for it',
  );
  t.is(
    linkSentence({kind: 'receives-nothing', node: 'win-3', probes: ['a', 'b'], only: 'IPv6'}),
    'Pods of win-3 are reached from no other node: all 2 connections over IPv6 to them failed',
  );
});

test('what links have in common is one sentence', t => {
  const probes = ['a', 'b'];
  t.is(
    linkSentence({kind: 'isolated', node: 'win-3', probes}),
    'Node win-3 is isolated: all 2 connections to and from it failed',
  );
  t.is(
    linkSentence({kind: 'between-groups', from: 'linux', to: 'windows', probes}),
    'Nothing goes from linux to windows: all 2 connections failed',
  );
  t.is(
    linkSentence({kind: 'link', from: 'win-1', to: 'win-2', probes: ['a']}),
    'Node win-1 does not reach pods of win-2: the one connection failed',
  );
});
