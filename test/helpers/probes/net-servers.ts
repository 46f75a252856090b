import {createSocket} from 'node:dgram';
import {readFileSync} from 'node:fs';
import {createServer as createHttp} from 'node:http';
import {createServer as createHttps} from 'node:https';
import {createServer as createTcp} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {AUTHORITATIVE_ANSWER, decode, encode, streamDecode, streamEncode} from 'dns-packet';
import type {Answer, Packet} from 'dns-packet';

/** What is served in a network; this file is the program that serves it, its first argument is this as JSON. */
export interface NetServers {
  /** Port and status of a web server. */
  readonly http?: {readonly port: number; readonly status: number};
  readonly https?: {readonly port: number; readonly cert: string; readonly key: string};
  /** Port that takes connections and says nothing. */
  readonly mute?: number;
  /** Port that answers every connection with a reset. */
  readonly resets?: number;
  readonly dns?: DnsServer;
}

/** A DNS server on port 53 of both families. */
export interface DnsServer {
  /** Addresses by name; every other name is NXDOMAIN. Lists are gone through query by query. */
  readonly zone: Readonly<Record<string, readonly string[] | readonly (readonly string[])[]>>;
  /** Names that it fails at. */
  readonly fails?: readonly string[];
  /** Milliseconds that it takes. */
  readonly delayMs?: number;
  /** Whether it leaves queries over UDP unanswered. */
  readonly silentOverUdp?: boolean;
  /** Whether it leaves the first query over UDP unanswered. */
  readonly losesFirst?: boolean;
}

const FORMERR = 1;
const SERVFAIL = 2;
const NXDOMAIN = 3;

if (process.argv[1] === import.meta.filename) await main(JSON.parse(process.argv[2] ?? '{}') as NetServers);

async function main({http, https, mute, resets, dns}: NetServers): Promise<void> {
  const listening: Promise<unknown>[] = [];
  const on = (server: {listen: (port: number, host: string, done: () => void) => unknown}, port: number) =>
    listening.push(new Promise<void>(resolve => server.listen(port, '::', resolve)));
  if (http)
    on(
      createHttp((_, response) => response.writeHead(http.status).end('body')),
      http.port,
    );
  if (https) {
    const [cert, key] = [readFileSync(https.cert), readFileSync(https.key)];
    on(
      createHttps({cert, key}, (_, response) => response.end('body')),
      https.port,
    );
  }
  if (mute !== undefined)
    on(
      createTcp(socket => socket.on('error', () => undefined)),
      mute,
    );
  if (resets !== undefined)
    on(
      createTcp(socket => socket.on('error', () => undefined).resetAndDestroy()),
      resets,
    );
  if (dns) {
    const udp = createSocket('udp6');
    const answer = answerer(dns);
    let heard = false;
    udp.on('message', (bytes, {port, address}) => {
      const isLost = dns.losesFirst === true && !heard;
      heard = true;
      if (!dns.silentOverUdp && !isLost)
        void answer(decode(bytes)).then(packet => udp.send(encode(packet), port, address));
    });
    listening.push(new Promise<void>(resolve => udp.bind(53, '::', resolve)));
    on(
      createTcp(socket => {
        socket.on('error', () => undefined);
        socket.on(
          'data',
          bytes => void answer(streamDecode(bytes)).then(packet => socket.write(streamEncode(packet))),
        );
      }),
      53,
    );
  }
  await Promise.all(listening);
  process.stdout.write('ready\n');
}

function answerer({zone, fails = [], delayMs = 0}: DnsServer): (query: Packet) => Promise<Packet> {
  const asked = new Map<string, number>();
  return async ({id = 0, questions = []}) => {
    await sleep(delayMs);
    const [question] = questions;
    if (!question) return {id, type: 'response', flags: FORMERR};
    const {name, type} = question;
    const found = zone[name.toLowerCase()];
    const count = asked.get(name) ?? 0;
    asked.set(name, count + 1);
    const turn: unknown = Array.isArray(found?.[0]) ? found[count % found.length] : found;
    const addresses = Array.isArray(turn) ? turn.map(String) : [];
    const answers = addresses
      .filter(address => address.includes(':') === (type === 'AAAA'))
      // Only questions of these two types are asked.
      .map(data => ({name, type, ttl: 5, data}) as Answer);
    const rcode = fails.includes(name) ? SERVFAIL : found ? 0 : NXDOMAIN;
    return {id, type: 'response', flags: AUTHORITATIVE_ANSWER | rcode, questions, answers};
  };
}
