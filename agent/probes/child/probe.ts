import type {HttpAnswer, MtuAnswer} from '../../../src/protocol/probes/lines.ts';
import type {ConnectOrder, DnsOrder, HttpOrder, PathMtuOrder} from '../../../src/protocol/probes/orders.ts';
import {PROBE_DEFAULTS} from '../../../src/protocol/probes/orders.ts';
import type {Aim} from './aim.ts';
import {aim} from './aim.ts';
import {connectOnce} from './connect.ts';
import type {ProbeContext} from './context.ts';
import {probeDns} from './dns.ts';
import {ask} from './http.ts';
import type {Outcome} from './outcome.ts';
import {measure} from './path-mtu.ts';
import {ranMs, since} from './running-time.ts';
import {inTries} from './tries.ts';

/** Orders that go somewhere. */
type AimedOrder = ConnectOrder | HttpOrder | PathMtuOrder;

/** Runs an order. Nothing is thrown that the network or a server could bring about. */
export async function runProbe(order: AimedOrder | DnsOrder, context: ProbeContext): Promise<Outcome> {
  if (isDns(order)) return await probeDns(order, context);
  const target = await aim(order, context);
  if (!('endpoint' in target)) return target;
  const {endpoint, dns} = target;
  const facts = {address: endpoint.address, ...(dns && {dns})};
  return {...(await runAt(order, target)), ...facts};
}

function isDns(order: AimedOrder | DnsOrder): order is DnsOrder {
  return order.kind === 'dns-udp' || order.kind === 'dns-tcp';
}

async function runAt(order: AimedOrder, {endpoint}: Aim): Promise<Outcome> {
  switch (order.kind) {
    case 'tcp':
      return await inTries(order, timeoutMs => connectOnce(endpoint, timeoutMs));
    case 'http':
    case 'https': {
      let http: HttpAnswer | undefined;
      const tried = await inTries(order, async timeoutMs => {
        const answer = await ask(order, endpoint, timeoutMs);
        if ('error' in answer) return answer;
        http = answer;
        return undefined;
      });
      return {...tried, ...(http && {http})};
    }
    case 'path-mtu': {
      const {nonce, timeoutMs = PROBE_DEFAULTS.timeoutMs} = order;
      const begun = ranMs();
      const mtu = await measure(endpoint, nonce, timeoutMs);
      return mtuOutcome(mtu, since(begun));
    }
    default:
      return order satisfies never;
  }
}

function mtuOutcome(mtu: Awaited<ReturnType<typeof measure>>, ms: number): Outcome {
  if ('error' in mtu) return {ok: false, ...mtu, tries: [{ms, error: mtu.error}]};
  const error = errorOf(mtu);
  return {ok: error === undefined, ...(error && {error}), tries: [{ms, ...(error && {error})}], mtu};
}

/** Where not even the smallest arrives, it is no matter of size. */
function errorOf({arrives, lost}: MtuAnswer): 'blackhole' | 'timed-out' | undefined {
  if (lost === undefined) return undefined;
  return arrives > 0 ? 'blackhole' : 'timed-out';
}
