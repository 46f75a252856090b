import {isIP} from 'node:net';
import type {DnsAnswer} from '../../../src/protocol/probes/lines.ts';
import type {DnsOrder} from '../../../src/protocol/probes/orders.ts';
import {candidatesOf} from './candidates.ts';
import type {ProbeContext} from './context.ts';
import {askServer} from './dns-query.ts';
import type {Failure, Outcome} from './outcome.ts';
import {untried} from './outcome.ts';
import {serverOf} from './resolve.ts';
import {inTries} from './tries.ts';

/** Asks a DNS server, with suffixes where that is ordered. The answers are those of the last try. */
export async function probeDns(order: DnsOrder, context: ProbeContext): Promise<Outcome> {
  const {kind, query, recordType: type = 'A', search = false} = order;
  const server = serverOf(order, context);
  if ('error' in server) return untried(server.error, server.detail ?? '');
  if (isIP(server.address) === 0)
    return untried('not-allowed', `${server.address} is no address: a DNS server is asked by none other`);
  const names = search ? candidatesOf(query, context.dns, context.os) : [query];
  const over = kind === 'dns-udp' ? 'udp' : 'tcp';
  let dns: DnsAnswer[] = [];
  const tried = await inTries(order, async timeoutMs => {
    dns = [];
    let failure: Failure | undefined;
    for (const name of names) {
      const asked = await askServer(over, server, {name, type}, timeoutMs);
      dns.push(asked.answer);
      failure = asked.failure;
      if (failure?.error !== 'name-not-found') break;
    }
    return failure;
  });
  return {...tried, address: server.address, dns};
}
