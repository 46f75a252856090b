import {randomBytes} from 'node:crypto';
import {request} from 'node:http';
import type {ClientRequest, IncomingHttpHeaders, IncomingMessage} from 'node:http';
import {readHealth} from '../../../src/protocol/answers.ts';
import type {Health} from '../../../src/protocol/answers.ts';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {readCollectorLine} from '../../../src/protocol/read-line.ts';
import {authorize, bodyHash} from '../../../src/protocol/signature.ts';
import type {Claims, SignedRequest} from '../../../src/protocol/signature.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Whether the answer came to its end. */
  readonly whole: boolean;
}

export interface Asking {
  readonly method?: string;
  readonly body?: string;
  /** Sent instead of the body that is signed. */
  readonly sentBody?: string;
  /** What is signed in place of what is true. */
  readonly signed?: Partial<SignedRequest & Claims>;
  readonly key?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Asks an agent on a port of this machine, and signs, rightly or as a test wants it. */
export class AgentClient {
  readonly port: number;
  readonly key: Uint8Array;
  readonly health: Health;
  readonly #offset: number;

  private constructor(port: number, key: Uint8Array, health: Health) {
    this.port = port;
    this.key = key;
    this.health = health;
    this.#offset = health.now - Date.now();
  }

  /** A client that has asked for the agent's health, as every client must. */
  static async to(port: number, key: Uint8Array): Promise<AgentClient> {
    const {text} = await read(await send(request({port, host: '127.0.0.1', path: '/v1/healthz'})));
    const health = readHealth(JSON.parse(text));
    if (!health) throw new Error(`no health: ${text}`);
    return new AgentClient(port, key, health);
  }

  /** The agent's time now. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** The `Authorization` header of a request. */
  authorization(
    target: string,
    {method = 'GET', body = '', signed = {}, key = this.key}: Asking = {},
  ): string {
    const {node, boot} = this.health;
    const claims = {boot, time: this.now(), nonce: randomBytes(16).toString('hex'), body: bodyHash(body)};
    const all = {method, target, node, ...claims, ...signed};
    return authorize(key, all, all);
  }

  /** Sends a request and gives the answer when it begins. */
  async open(target: string, asking: Asking = {}): Promise<IncomingMessage> {
    return await send(this.request(target, asking), asking.sentBody ?? asking.body);
  }

  /** A request that is not sent yet. */
  request(target: string, asking: Asking = {}): ClientRequest {
    const {method = 'GET', headers = {}, signal} = asking;
    const made = request({
      port: this.port,
      host: '127.0.0.1',
      path: target,
      method,
      headers: {authorization: this.authorization(target, asking), ...headers},
      agent: false,
      ...(signal && {signal}),
    });
    return made;
  }

  async ask(target: string, asking: Asking = {}): Promise<Answer> {
    return await read(await this.open(target, asking));
  }

  /** Posts a request for a snapshot. */
  async snapshot(
    collectors?: readonly string[],
    asking: Asking = {},
  ): Promise<Answer & {lines: CollectorLine[]}> {
    const body = JSON.stringify(collectors ? {collectors} : {});
    const answer = await this.ask('/v1/snapshot', {method: 'POST', body, ...asking});
    return {...answer, lines: linesOf(answer.text)};
  }
}

/** The lines of a snapshot that are whole. */
export function linesOf(text: string): CollectorLine[] {
  return text.split('\n').flatMap(line => readCollectorLine(line) ?? []);
}

/** Sends what is left of a request and waits for its answer to begin. */
export async function send(request: ClientRequest, body?: string): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    request.on('response', resolve).on('error', reject).end(body);
  });
}

/** Reads an answer to its end, or to where it is cut. */
export async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    // It is cut; `complete` says so.
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
    whole: response.complete,
  };
}
