import test from 'ava';
import {orderOf, resultOf} from '../../../src/probes/orders.ts';
import {planProbes} from '../../../src/probes/plan.ts';
import type {Probe} from '../../../src/probes/types.ts';
import {readProbesRequest} from '../../../src/protocol/probes/read-request.ts';
import {fleetOf} from '../../helpers/fleet.ts';

const {probes} = planProbes(fleetOf(6), {targets: [{host: 'example.test', port: 443, protocol: 'https'}]});
const of = (leg: string): Probe => probes.find(p => p.leg === leg) ?? t0();
function t0(): never {
  throw new Error('the plan lacks a leg');
}

test('what is planned is an order that agents take', t => {
  const orders = probes.map(p => orderOf(p, {port: 4000, nonce: '0'.repeat(32)}));
  const read = readProbesRequest({orders});
  t.is(typeof read === 'string' ? read : '', '');
});

test('short names are completed with the suffixes of the pod, full ones are asked as they are', t => {
  t.like(orderOf(of('short-name')), {kind: 'dns-udp', search: true});
  t.false('search' in orderOf(of('full-name')));
});

test('a path is measured to the port of the listener', t => {
  t.like(orderOf(of('path-mtu'), {port: 4711, nonce: 'a'.repeat(32)}), {port: 4711, nonce: 'a'.repeat(32)});
});

test('tries become latency and loss', t => {
  const line = {
    id: 'x',
    ok: true,
    way: 'compartment',
    error: 'timed-out',
    tries: [{ms: 2}, {ms: 4000, error: 'timed-out'}, {ms: 9}],
    at: '2026-09-01T12:00:00Z',
  } as const;
  t.deepEqual(resultOf(of('pod-other-node'), line), {
    probe: of('pod-other-node').id,
    ok: true,
    ms: 2,
    slowestMs: 9,
    tries: 3,
    lost: 1,
    way: 'compartment',
    at: line.at,
  });
});

test('a black hole tells how much came through', t => {
  const line = {
    id: 'x',
    ok: false,
    way: 'netns',
    error: 'blackhole',
    tries: [{ms: 1, error: 'blackhole'}],
    mtu: {arrives: 1400, lost: 1450, own: 1500},
    at: '2026-09-01T12:00:00Z',
  } as const;
  t.like(resultOf(of('path-mtu'), line), {ok: false, error: 'blackhole', passedBytes: 1400});
});
