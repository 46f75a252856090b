import {refusalOf} from '../../../src/probes/policy.ts';
import type {DnsAnswer} from '../../../src/protocol/probes/lines.ts';
import type {DnsOrder} from '../../../src/protocol/probes/orders.ts';
import {candidatesOf} from './candidates.ts';
import type {Endpoint} from './connect.ts';
import type {ProbeContext} from './context.ts';
import type {RecordType} from './dns-query.ts';
import {askServer} from './dns-query.ts';
import type {Failure} from './outcome.ts';

export const DNS_PORT = 53;
/** Resolvers of Linux know three servers, and give up on a server that is silent. */
const MAX_SERVERS = 2;

/** What a name led to. */
export interface Resolved {
  readonly addresses: readonly string[];
  readonly answers: readonly DnsAnswer[];
  readonly failure?: Failure;
}

/** Resolves a name as the vantage point's own resolver would: its servers, its suffixes; IPv4 first. */
export async function resolve(
  name: string,
  {family, timeoutMs, context}: {family: 4 | 6 | undefined; timeoutMs: number; context: ProbeContext},
): Promise<Resolved> {
  const {dns, os} = context;
  const types: readonly RecordType[] = family === 6 ? ['AAAA'] : family === 4 ? ['A'] : ['A', 'AAAA'];
  const answers: DnsAnswer[] = [];
  let failure: Failure | undefined;
  for (const candidate of candidatesOf(name, dns, os)) {
    for (const type of types) {
      const found = await askOwnServers({name: candidate, type}, timeoutMs, context);
      answers.push(...found.answers);
      if (found.addresses.length > 0) return {addresses: found.addresses, answers};
      // That a server failed says more than that some suffix does not lead to the name.
      if (failure === undefined || failure.error === 'name-not-found') failure = found.failure;
      if (found.failure?.error === 'no-answer') return {addresses: [], answers, failure: found.failure};
    }
  }
  return {addresses: [], answers, ...(failure && {failure})};
}

async function askOwnServers(
  question: {name: string; type: RecordType},
  timeoutMs: number,
  {dns, policy}: ProbeContext,
): Promise<Resolved> {
  const servers = dns.servers.filter(host => mayAsk(host, DNS_PORT, {dns, policy})).slice(0, MAX_SERVERS);
  const answers: DnsAnswer[] = [];
  let failure: Failure = {error: 'unsupported', detail: 'no DNS server of this place is known'};
  for (const address of servers) {
    const asked = await askServer('udp', {address, port: DNS_PORT}, question, timeoutMs);
    answers.push(asked.answer);
    if (!asked.failure) return {addresses: asked.answer.addresses, answers};
    failure = asked.failure;
    if (failure.error === 'name-not-found') break;
  }
  return {addresses: [], answers, failure};
}

/**
 * Whether a DNS server may be asked: one that probes may go to, or the vantage point's own, which the kubelet chose, wherever it
 * stands but for loopback and metadata services.
 */
function mayAsk(host: string, port: number, {dns, policy}: Pick<ProbeContext, 'dns' | 'policy'>): boolean {
  const refusal = refusalOf(policy, {host, port, dnsServers: dns.servers});
  return refusal === undefined || (refusal === 'outside' && port === DNS_PORT && dns.servers.includes(host));
}

/** The server that a DNS probe asks; a failure where there is none, or where it may not be asked. */
export function serverOf({server, port = DNS_PORT}: DnsOrder, context: ProbeContext): Endpoint | Failure {
  const [own] = context.dns.servers;
  const address = server ?? own;
  if (address === undefined) return {error: 'unsupported', detail: 'no DNS server of this place is known'};
  return mayAsk(address, port, context)
    ? {address, port}
    : {error: 'not-allowed', detail: `this agent asks no DNS server at ${address}`};
}
