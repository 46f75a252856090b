import type {ProbeLine} from '../protocol/probes/lines.ts';
import type {ProbeOrder} from '../protocol/probes/orders.ts';
import {maskSecrets} from '../redact/quoted.ts';
import type {Probe, ProbeResult} from './types.ts';

/** What only becomes known while a plan runs: where the listener of a path's other end waits. */
export interface Meeting {
  readonly port: number;
  readonly nonce: string;
}

/** Milliseconds that one try may take: a first packet that was lost is sent again after 1 s and after 3 s (RFC 6298 §2, §5.5). */
const TRY_MS = 4000;

/** Turns a probe into what its node's agent is asked; the path's MTU needs a meeting. */
export function orderOf(probe: Probe, meeting?: Meeting): ProbeOrder {
  const {id, from, to, protocol, query = '', tries} = probe;
  const facts = {
    id,
    timeoutMs: TRY_MS,
    ...(from.pod && {from: from.pod}),
    ...(tries !== undefined && {tries}),
  };
  const {host, port} = to;
  switch (protocol) {
    case 'dns-udp':
    case 'dns-tcp':
      return {
        ...facts,
        kind: protocol,
        server: host,
        port,
        query,
        ...(probe.leg === 'short-name' && {search: true}),
      };
    case 'path-mtu':
      return {...facts, kind: protocol, host, port: meeting?.port ?? port, nonce: meeting?.nonce ?? ''};
    case 'tcp':
    case 'http':
    case 'https':
      return {...facts, kind: protocol, host, port};
    default:
      return protocol satisfies never;
  }
}

/** Takes what an agent answered as the result of a probe. */
export function resultOf({id}: Probe, line: ProbeLine): ProbeResult {
  const {ok, error, detail, tries, way, at, mtu} = line;
  const worked = tries.filter(t => t.error === undefined).map(t => t.ms);
  return {
    probe: id,
    ok,
    ...(error !== undefined && !ok && {error}),
    ...(detail !== undefined && {detail: maskSecrets(detail)}),
    ...(worked.length > 0 && {ms: Math.min(...worked)}),
    ...(worked.length > 1 && {slowestMs: Math.max(...worked)}),
    ...(mtu?.lost !== undefined && {passedBytes: mtu.arrives}),
    tries: tries.length,
    lost: tries.length - worked.length,
    way,
    at,
  };
}
