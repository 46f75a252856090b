import {join} from 'node:path';
import type {SelfCommand} from '../../../agent/child/self.ts';
import type {DnsSettings} from '../../../agent/probes/dns-settings.ts';
import {Pace} from '../../../agent/probes/pace.ts';
import type {NoPlace, Place} from '../../../agent/probes/place/place.ts';
import {runProbes} from '../../../agent/probes/run.ts';
import type {ProbePorts} from '../../../agent/probes/run.ts';
import {Seats} from '../../../agent/probes/seats.ts';
import type {ProbeLine} from '../../../src/protocol/probes/lines.ts';
import type {ProbeOrder} from '../../../src/protocol/probes/orders.ts';
import {readProbesRequest} from '../../../src/protocol/probes/read-request.ts';
import {POD_NETWORKS} from './pod-networks.ts';

/** The agent as it runs from its sources. */
export const SELF: SelfCommand = {
  file: process.execPath,
  args: [join(import.meta.dirname, '../../../agent/main.ts')],
};

export const NO_DNS: DnsSettings = {servers: [], searches: [], ndots: 5};

/** Ports of a run on a node with these pods, by their names; probes may go to every pod network. */
export function probePorts(
  pods: Readonly<Record<string, Place | NoPlace>>,
  changes: Partial<ProbePorts> = {},
): ProbePorts {
  return {
    os: 'linux',
    self: SELF,
    targets: POD_NETWORKS,
    places: {
      host: async () => ({network: {kind: 'host'}, dns: NO_DNS}),
      pods: async refs => refs.map(({name}) => pods[name] ?? {error: 'gone', detail: 'no such pod'}),
    },
    pace: new Pace({perSecond: 1000, burst: 1000}),
    processes: new Seats(3),
    listeners: new Seats(3),
    inFlight: new Seats(32),
    ...changes,
  };
}

/** Place of a pod by the file of its network namespace. */
export function inNetns(path: string, dns: Partial<DnsSettings> = {}): Place {
  return {network: {kind: 'netns', path}, dns: {...NO_DNS, ...dns}};
}

/** Runs orders to their end; lines by the ids of their orders. */
export async function resultsOf(
  orders: readonly ProbeOrder[],
  ports: ProbePorts,
  {
    deadlineMs = 60_000,
    signal = new AbortController().signal,
  }: {deadlineMs?: number; signal?: AbortSignal} = {},
): Promise<ReadonlyMap<string, ProbeLine>> {
  // As strictly as the server does.
  const request = readProbesRequest({orders, deadlineMs});
  if (typeof request === 'string') throw new Error(request);
  const lines = new Map<string, ProbeLine>();
  for await (const line of runProbes(request, ports, signal)) {
    if (lines.has(line.id)) throw new Error(`two lines for ${line.id}`);
    lines.set(line.id, line);
  }
  return lines;
}
