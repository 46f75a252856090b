import {randomBytes} from 'node:crypto';
import http from 'node:http';
import type {Duplex} from 'node:stream';
import type {AgentVersion, Capabilities, Health} from '../../../src/protocol/answers.ts';
import {readCapabilities, readHealth, readVersion} from '../../../src/protocol/answers.ts';
import {LineSplitter} from '../../../src/protocol/line-splitter.ts';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import type {ProbeLine} from '../../../src/protocol/probes/lines.ts';
import type {ProbesRequest} from '../../../src/protocol/probes/orders.ts';
import {readProbeLine} from '../../../src/protocol/probes/read-line.ts';
import {readCollectorLine} from '../../../src/protocol/read-line.ts';
import {ROUTES} from '../../../src/protocol/routes.ts';
import type {RouteName} from '../../../src/protocol/routes.ts';
import {NONCE_BYTES, authorize, bodyHash} from '../../../src/protocol/signature.ts';
import type {SnapshotRequest} from '../../../src/protocol/snapshot-request.ts';
import type {LogRequest, LogSource} from '../../../src/protocol/sources.ts';
import {logQuery, readSources} from '../../../src/protocol/sources.ts';
import {AgentError, agentErrorOf} from './agent-error.ts';
import {OneConnection} from './one-connection.ts';
import {refusalOf} from './refusal.ts';

/** A line holds one file; the largest that a collector may send is far below this. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** Answers that are one JSON object. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** What the agent said of itself, and when by our own clock. */
export interface Greeting {
  health: Health;
  /** `performance.now()` half-way through the exchange. */
  at: number;
  roundTripMs: number;
}

/** Gets the key when the first request is to be signed. */
export type KeyOf = (signal: AbortSignal) => Promise<Uint8Array>;

/** Speaks to one agent over one stream, one request after the other. */
export class AgentClient {
  readonly #connection: OneConnection;
  readonly #stream: Duplex;
  readonly #keyOf: KeyOf;
  readonly #heard: () => void;
  #greeting: Greeting | undefined;
  /** What ended the stream; HTTP itself would only say that it was cut. */
  #fault: Error | undefined;

  /** `heard` is called whenever something comes from the agent. */
  constructor(stream: Duplex, keyOf: KeyOf, heard: () => void = () => undefined) {
    this.#stream = stream;
    this.#keyOf = keyOf;
    this.#heard = heard;
    this.#connection = new OneConnection(stream);
    // A stream that dies between two requests is met by the next one.
    stream.on('error', error => (this.#fault = error));
  }

  /** Asks whether an agent is there, and for what signing needs. Throws an `AgentError`. */
  async greet(signal: AbortSignal): Promise<Greeting> {
    const started = performance.now();
    const answer = await this.#send({route: 'healthz', signal});
    const health = readHealth(await json(answer));
    if (!health) throw new AgentError('failed', 'what answered is no agent of this project');
    const ended = performance.now();
    this.#greeting = {health, at: (started + ended) / 2, roundTripMs: Math.round(ended - started)};
    return this.#greeting;
  }

  async version(signal: AbortSignal): Promise<AgentVersion> {
    const version = readVersion(await json(await this.#signed('version', signal)));
    if (!version) throw new AgentError('failed', 'the agent does not name its version');
    return version;
  }

  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    const read = readCapabilities(await json(await this.#signed('capabilities', signal)));
    if (!read) throw new AgentError('failed', 'the agent does not say what it can do');
    return read;
  }

  /**
   * Streams a snapshot; `take` gets each line as it comes, and the agent is stopped until it is done with it. Throws an
   * `AgentError` where the stream ends before its end; what was taken by then stays.
   */
  async snapshot(
    request: SnapshotRequest,
    take: (line: CollectorLine) => Promise<void> | void,
    signal: AbortSignal,
  ): Promise<void> {
    for await (const text of this.#lines('snapshot', JSON.stringify(request), signal)) {
      const line = readCollectorLine(text);
      if (line) await take(line);
    }
  }

  /**
   * Has connections tried; `take` gets each line as it comes. Throws an `AgentError` where the stream ends before its end; what was
   * taken by then stays.
   */
  async probes(request: ProbesRequest, take: (line: ProbeLine) => void, signal: AbortSignal): Promise<void> {
    for await (const text of this.#lines('probes', JSON.stringify(request), signal)) {
      const line = readProbeLine(text);
      if (line) take(line);
    }
  }

  /** The logs that the node has. */
  async sources(signal: AbortSignal): Promise<LogSource[]> {
    const sources = readSources(await json(await this.#signed('sources', signal)));
    if (!sources) throw new AgentError('failed', 'the agent does not say which logs there are');
    return sources;
  }

  /** Streams a log of the node as UTF-8. Throws an `AgentError` where the stream breaks. */
  async *log(request: LogRequest, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const answer = await this.#signed('logs', signal, '', logQuery(request));
    try {
      // A response gives buffers as long as no encoding is set.
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        this.#heard();
        yield chunk;
      }
    } catch (error) {
      throw this.#explain(error, signal);
    }
  }

  /** Ends the stream, and with it what the agent does for it. */
  close(): void {
    this.#connection.destroy();
    this.#stream.destroy();
  }

  async *#lines(route: RouteName, body: string, signal: AbortSignal): AsyncGenerator<string> {
    const answer = await this.#signed(route, signal, body);
    const splitter = new LineSplitter(MAX_LINE_BYTES);
    try {
      // A response gives buffers as long as no encoding is set.
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        this.#heard();
        yield* splitter.read(chunk);
      }
    } catch (error) {
      throw this.#explain(error, signal);
    }
    if (splitter.pending > 0) throw new AgentError('failed', 'the answer ended in the middle of a line');
  }

  async #signed(route: RouteName, signal: AbortSignal, body = '', query = ''): Promise<http.IncomingMessage> {
    const {health, at} = this.#greeting ?? (await this.greet(signal));
    const key = await this.#keyOf(signal);
    const {method, path} = ROUTES[route];
    const authorization = authorize(
      key,
      {method, target: path + query, node: health.node},
      {
        boot: health.boot,
        time: Math.round(health.now + performance.now() - at),
        nonce: randomBytes(NONCE_BYTES).toString('hex'),
        body: bodyHash(body),
      },
    );
    return this.#send({route, query, signal, body, authorization});
  }

  async #send({
    route,
    query = '',
    signal,
    body = '',
    authorization,
  }: {
    route: RouteName;
    query?: string;
    signal: AbortSignal;
    body?: string;
    authorization?: string;
  }): Promise<http.IncomingMessage> {
    const {method, path} = ROUTES[route];
    const {promise, resolve, reject} = Promise.withResolvers<http.IncomingMessage>();
    const sent = http.request({
      agent: this.#connection,
      method,
      path: path + query,
      host: 'localhost',
      signal,
      headers: {
        ...(authorization !== undefined && {authorization}),
        ...(body !== '' && {'content-type': 'application/json', 'content-length': Buffer.byteLength(body)}),
      },
    });
    sent.on('error', reject);
    sent.on('response', resolve);
    sent.end(body);
    try {
      const answer = await promise;
      this.#heard();
      if (answer.statusCode === 200) return answer;
      throw refusalOf(answer.statusCode ?? 0, await textOf(answer));
    } catch (error) {
      throw this.#explain(error, signal);
    }
  }

  #explain(error: unknown, signal: AbortSignal): unknown {
    return signal.aborted ? signal.reason : agentErrorOf(this.#fault ?? error);
  }
}

async function json(answer: http.IncomingMessage): Promise<unknown> {
  const text = await textOf(answer);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textOf(answer: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // A response gives buffers as long as no encoding is set.
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) throw new AgentError('failed', 'the agent answered with far too much');
      chunks.push(chunk);
    }
  } catch (error) {
    throw agentErrorOf(error);
  }
  return Buffer.concat(chunks).toString('utf8');
}
