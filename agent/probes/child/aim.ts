import {isIP} from 'node:net';
import {refusalOf} from '../../../src/probes/policy.ts';
import type {Refusal} from '../../../src/probes/policy.ts';
import type {DnsAnswer} from '../../../src/protocol/probes/lines.ts';
import type {OrderFacts, TargetFacts} from '../../../src/protocol/probes/orders.ts';
import {PROBE_DEFAULTS} from '../../../src/protocol/probes/orders.ts';
import type {Endpoint} from './connect.ts';
import type {ProbeContext} from './context.ts';
import type {Outcome} from './outcome.ts';
import {untried} from './outcome.ts';
import {resolve} from './resolve.ts';

/** Where an order goes to; `dns` is there where its target is a name. */
export interface Aim {
  readonly endpoint: Endpoint;
  readonly dns?: readonly DnsAnswer[];
}

/**
 * Resolves and judges the target of an order. The address that is judged is the one that is connected to: nothing resolves the
 * name a second time. Every address that a name leads to must be allowed, not only the one that is taken.
 */
export async function aim(order: OrderFacts & TargetFacts, context: ProbeContext): Promise<Aim | Outcome> {
  const {host, port, family, timeoutMs = PROBE_DEFAULTS.timeoutMs} = order;
  const asked = {host, port, dnsServers: context.dns.servers};
  const refusal = refusalOf(context.policy, asked);
  if (refusal === undefined) return {endpoint: {address: host, port}};
  if (refusal !== 'unresolved') return refused(refusal, host);
  const {addresses, answers, failure} = await resolve(host, {family, timeoutMs, context});
  const address = addresses.find(text => isIP(text) > 0);
  const dns = {dns: answers};
  if (address === undefined)
    return {...untried(failure?.error ?? 'name-not-found', failure?.detail ?? ''), ...dns};
  const judged = refusalOf(context.policy, asked, addresses);
  if (judged !== undefined) return {...refused(judged, `${host} (${addresses.join(', ')})`), ...dns};
  return {endpoint: {address, port}, ...dns};
}

const WORDS: Readonly<Record<Refusal, string>> = {
  malformed: 'is neither an address nor a name',
  loopback: 'is a loopback address',
  'link-local': 'is a link-local address',
  metadata: 'is a metadata service',
  'not-unicast': 'is no address of one machine',
  outside: 'lies outside of the networks that were fixed when this agent was installed',
  unresolved: 'has no address',
};

function refused(refusal: Refusal, what: string): Outcome {
  return untried('not-allowed', `${what} ${WORDS[refusal]}`);
}
