import {timingSafeEqual} from 'node:crypto';
import type {Socket} from 'node:net';
import type {MtuAnswer} from '../../../src/protocol/probes/lines.ts';
import {open} from './connect.ts';
import type {Endpoint} from './connect.ts';
import {MAX_PAYLOAD, greetingOf, headerOf} from './mtu-wire.ts';
import type {Failure} from './outcome.ts';
import {afterRunning, ranMs, since} from './running-time.ts';

/**
 * Payloads that are tried first, at once: the smallest that any path carries, what remains in common MTUs (1280, 1380, 1400,
 * 1410, 1430, 1450, 1460, 1480, 1500, 8951, 9001) below headers of IPv4 with timestamps, and more than fits any of them.
 */
const FIRST: readonly number[] = [
  64,
  512,
  1228,
  1328,
  1348,
  1358,
  1378,
  1398,
  1408,
  1428,
  1448,
  4000,
  8899,
  8949,
  MAX_PAYLOAD,
];
/** Sizes in between that are tried next. */
const STEPS = 16;
/** Milliseconds of silence after which a packet counts as lost: TCP has sent it three times by then. */
const LOST_MS = 2000;

/**
 * Finds which packets arrive. Each size has a connection of its own, as one that lost a packet sends that packet again and again
 * and nothing else; TCP sends a payload that fits as one packet with "don't fragment" set (RFC 1191), and cuts a larger one,
 * so that it shows the largest that the interface sends.
 */
export async function measure(
  endpoint: Endpoint,
  nonce: string,
  timeoutMs: number,
): Promise<MtuAnswer | Failure> {
  const first = await round(endpoint, nonce, FIRST, timeoutMs);
  if ('error' in first) return first;
  const {arrives, lost} = first;
  if (lost === undefined || lost - arrives <= 1) return first;
  const step = (lost - arrives) / (STEPS + 1);
  const sizes = Array.from({length: STEPS}, (_, i) => Math.floor(arrives + step * (i + 1)));
  const between = [...new Set(sizes)].filter(size => size > arrives && size < lost);
  const second = await round(endpoint, nonce, between, timeoutMs);
  // The way may have broken meanwhile; what is known by now is known.
  if ('error' in second) return first;
  return {arrives: Math.max(arrives, second.arrives), lost: Math.min(lost, second.lost ?? lost)};
}

/** Tries sizes, given from the smallest on, all at once. */
async function round(
  endpoint: Endpoint,
  nonce: string,
  sizes: readonly number[],
  timeoutMs: number,
): Promise<MtuAnswer | Failure> {
  const results = await Promise.all(
    sizes.map(async size => ({size, result: await send(endpoint, {nonce, size, timeoutMs})})),
  );
  const arrives = Math.max(0, ...results.map(({size, result}) => (result === 'arrived' ? size : 0)));
  // A packet that was lost where a larger one arrived was lost by chance.
  const lost = results.find(({size, result}) => result === 'lost' && size > arrives)?.size;
  const failure = results.map(({result}) => result).find(result => typeof result === 'object');
  if (arrives === 0 && failure) return failure;
  return {arrives, ...(lost !== undefined && {lost})};
}

/** Sends one payload. A failure is one of the connection itself, before it came to that. */
async function send(
  endpoint: Endpoint,
  {nonce, size, timeoutMs}: {nonce: string; size: number; timeoutMs: number},
): Promise<'arrived' | 'lost' | Failure> {
  const begun = ranMs();
  const socket = await open(endpoint, timeoutMs);
  if ('error' in socket) return socket;
  const left = (): number => Math.max(0, timeoutMs - since(begun));
  try {
    const greeting = await read(socket, 32, left());
    const expected = greetingOf(nonce);
    if (greeting?.length !== expected.length || !timingSafeEqual(greeting, expected))
      return greeting
        ? {error: 'wrong-answer', detail: 'no listener of ours is there'}
        : {error: 'timed-out', detail: 'the listener says nothing'};
    socket.write(headerOf(nonce, size));
    if (!(await read(socket, 1, left()))) return {error: 'timed-out', detail: 'the listener says nothing'};
    socket.write(Buffer.alloc(size));
    return (await read(socket, 1, LOST_MS)) ? 'arrived' : 'lost';
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

/** Reads exactly so many bytes; undefined where they do not come. */
function read(socket: Socket, bytes: number, withinMs: number): Promise<Buffer | undefined> {
  return new Promise(resolve => {
    const end = (): void => {
      callOff();
      socket.off('readable', look).off('close', end).off('error', end);
      // `read` of a Socket without an encoding gives bytes.
      resolve((socket.read(bytes) as Buffer | null) ?? undefined);
    };
    const look = (): void => {
      if (socket.readableLength >= bytes) end();
    };
    const callOff = afterRunning(withinMs, end);
    socket.on('readable', look).once('close', end).once('error', end);
    look();
  });
}
