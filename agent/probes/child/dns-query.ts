import {randomInt} from 'node:crypto';
import {createSocket} from 'node:dgram';
import {isIPv6} from 'node:net';
import {RECURSION_DESIRED, decode, encode, streamEncode} from 'dns-packet';
import type {DecodedPacket} from 'dns-packet';
import type {DnsAnswer} from '../../../src/protocol/probes/lines.ts';
import {open} from './connect.ts';
import type {Endpoint} from './connect.ts';
import type {Failure} from './outcome.ts';
import {failureOf} from './outcome.ts';
import {afterRunning, ranMs, since} from './running-time.ts';

export type RecordType = 'A' | 'AAAA';

/** One question to one server. */
export interface Question {
  readonly name: string;
  readonly type: RecordType;
}

/** What a server said; a failure where it said nothing that can be used. */
export interface Asked {
  readonly answer: DnsAnswer;
  readonly failure?: Failure;
}

/** How a question travels. */
type Transport = (server: Endpoint, query: Query, timeoutMs: number) => Promise<DecodedPacket | Failure>;

interface Query extends Question {
  readonly id: number;
}

const MAX_ID = 0x1_00_00;

/** Asks a server once. */
export async function askServer(
  over: 'udp' | 'tcp',
  server: Endpoint,
  {name, type}: Question,
  timeoutMs: number,
): Promise<Asked> {
  const begun = ranMs();
  const query = {id: randomInt(MAX_ID), name: name.replace(/\.$/, ''), type};
  const packet = await TRANSPORTS[over](server, query, timeoutMs);
  const facts = {server: server.address, name, ms: since(begun)};
  if ('error' in packet) return {answer: {...facts, addresses: []}, failure: packet};
  const rcode = rcodeOf(packet);
  const addresses = addressesOf(packet, type);
  const truncated = packet.flag_tc ? ({truncated: true} as const) : {};
  const failure = failureOfAnswer(rcode, addresses, type);
  return {answer: {...facts, rcode, addresses, ...truncated}, ...(failure && {failure})};
}

/** `rcode` is there in every answer that was decoded; the types of the library leave it out. */
function rcodeOf(packet: DecodedPacket): string {
  return 'rcode' in packet ? String(packet.rcode) : '';
}

function addressesOf(packet: DecodedPacket, type: RecordType): string[] {
  return (packet.answers ?? []).flatMap(record =>
    record.type === type && typeof record.data === 'string' ? record.data : [],
  );
}

function failureOfAnswer(rcode: string, addresses: readonly string[], type: RecordType): Failure | undefined {
  if (rcode === 'NXDOMAIN') return {error: 'name-not-found', detail: rcode};
  if (rcode !== 'NOERROR') return {error: 'server-failure', detail: rcode};
  return addresses.length > 0 ? undefined : {error: 'name-not-found', detail: `no ${type} record`};
}

/** What goes onto the wire; nothing says who asks. */
function packetOf({id, name, type}: Query): Parameters<typeof encode>[0] {
  return {type: 'query', id, flags: RECURSION_DESIRED, questions: [{type, name}]};
}

/** An answer to that very question; everything else that arrives is none. */
function answerTo({id, name, type}: Query, bytes: Buffer): DecodedPacket | undefined {
  try {
    const packet = decode(bytes);
    const [question] = packet.questions ?? [];
    const isOurs =
      packet.type === 'response' &&
      packet.id === id &&
      question?.type === type &&
      question.name.toLowerCase() === name.toLowerCase();
    return isOurs ? packet : undefined;
  } catch {
    return undefined;
  }
}

/**
 * When a question is sent again, as every resolver does (RFC 1035 §4.2.1), and as late as TCP sends its first packet again: one
 * lost packet is a slow answer, no dead server.
 */
const RESEND_MS = [1000, 3000];

const overUdp: Transport = (server, query, timeoutMs) =>
  new Promise(resolve => {
    const socket = createSocket({type: isIPv6(server.address) ? 'udp6' : 'udp4', lookup: asItIs});
    const bytesOfQuery = encode(packetOf(query));
    const callOffs: (() => void)[] = [];
    const end = (result: DecodedPacket | Failure): void => {
      for (const callOff of callOffs) callOff();
      socket.removeAllListeners().on('error', () => undefined);
      socket.close();
      resolve(result);
    };
    callOffs.push(afterRunning(timeoutMs, () => end({error: 'no-answer'})));
    socket.on('error', error => end(failureOf(error)));
    socket.on('message', bytes => {
      const answer = answerTo(query, bytes);
      if (answer) end(answer);
    });
    // A connected socket takes packets from that server only, and is told where nothing listens.
    socket.connect(server.port, server.address, () => {
      socket.send(bytesOfQuery);
      for (const ms of RESEND_MS)
        if (ms < timeoutMs) callOffs.push(afterRunning(ms, () => socket.send(bytesOfQuery)));
    });
  });

/** RFC 1035 §4.2.2: two bytes of length before each message. */
const LENGTH_BYTES = 2;

const overTcp: Transport = async (server, query, timeoutMs) => {
  const begun = ranMs();
  const socket = await open(server, timeoutMs);
  if ('error' in socket) return socket;
  return await new Promise(resolve => {
    const end = (result: DecodedPacket | Failure): void => {
      callOff();
      socket.removeAllListeners().on('error', () => undefined);
      socket.destroy();
      resolve(result);
    };
    const callOff = afterRunning(timeoutMs - since(begun), () => end({error: 'no-answer'}));
    let received = Buffer.alloc(0);
    socket.on('error', error => end(failureOf(error)));
    socket.on('close', () => end({error: 'reset', detail: 'closed without an answer'}));
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (received.length < LENGTH_BYTES || received.length < LENGTH_BYTES + received.readUInt16BE()) return;
      end(
        answerTo(query, received.subarray(LENGTH_BYTES)) ?? {error: 'wrong-answer', detail: 'no DNS message'},
      );
    });
    socket.write(streamEncode(packetOf(query)));
  });
};

const TRANSPORTS: Readonly<Record<'udp' | 'tcp', Transport>> = {udp: overUdp, tcp: overTcp};

/** A socket asks its resolver even for addresses; Node's own does that in a thread. */
function asItIs(
  address: string,
  _: unknown,
  callback: (error: null, address: string, family: number) => void,
): void {
  callback(null, address, isIPv6(address) ? 6 : 4);
}
