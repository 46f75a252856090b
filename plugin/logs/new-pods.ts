import {isRecord} from '../../src/kube/shape.ts';
import type {Pod} from '../../src/kube/types.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {ApiStatusError, ConnectionError} from '../kube/api-error.ts';
import type {ApiStreams} from '../kube/api-streams.ts';
import type {Clock} from '../kube/clock.ts';
import {parseAnswer} from '../kube/list.ts';
import type {PodQuery} from './targets.ts';
import {podFrom, podsPath} from './targets.ts';

/** How long a broken watch waits before it begins again. */
const RETRY_MS = 2000;

/** What watching needs of the world. */
export interface WatchPorts {
  reader: ApiReader;
  streams: ApiStreams;
  clock: Clock;
  signal: AbortSignal;
}

/**
 * Pods of a query as they appear and change, from now on, until the signal fires. A watch that ends or breaks is begun
 * again from a list, so a pod may come more than once; none is left out.
 */
export async function* podsAsTheyCome(pods: PodQuery, ports: WatchPorts): AsyncGenerator<Pod> {
  const {signal, clock} = ports;
  while (!signal.aborted) {
    try {
      yield* watchOnce(pods, ports);
    } catch (error) {
      signal.throwIfAborted();
      // A user who may list and not watch gets a no each time; what is there already is followed all the same.
      if (error instanceof ApiStatusError && error.status === 403) return;
      const passing = error instanceof ApiStatusError || error instanceof ConnectionError || isCut(error);
      if (!passing) throw error;
    }
    await clock.sleep(RETRY_MS, signal);
  }
}

async function* watchOnce(pods: PodQuery, {reader, streams, signal}: WatchPorts): AsyncGenerator<Pod> {
  const path = podsPath(pods);
  // A list first: its version is where the watch begins, and what it holds may have come while none was watching.
  const {text} = await reader.get(`${path}?${new URLSearchParams(pods.query).toString()}`, {signal});
  const list = parseAnswer(text, path);
  const items = Array.isArray(list['items']) ? list['items'] : [];
  for (const item of items) yield* podFrom(item) ?? [];
  const version = isRecord(list['metadata']) ? list['metadata']['resourceVersion'] : undefined;
  const query = new URLSearchParams({...pods.query, watch: 'true', allowWatchBookmarks: 'true'});
  if (typeof version === 'string') query.set('resourceVersion', version);
  for await (const event of events(await streams.open(`${path}?${query.toString()}`, signal))) {
    if (event['type'] === 'ERROR') return;
    if (event['type'] === 'ADDED' || event['type'] === 'MODIFIED') yield* podFrom(event['object']) ?? [];
  }
}

/** Events of a watch: a JSON object a line. */
async function* events(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Record<string, unknown>> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') continue;
      const event: unknown = JSON.parse(line);
      if (isRecord(event)) yield event;
    }
  }
}

/** A stream that breaks in its midst throws what the socket or the parser of half a line threw. */
function isCut(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'code' in error);
}
