import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import type {Access} from './access.ts';
import {ConnectionError} from './api-error.ts';
import {clientNodeConfig} from './client-node.ts';
import {explainConnection} from './connection-fault.ts';
import type {Credential} from './credential.ts';
import {pem} from './credentials.ts';
import {headersOf, logFor} from './exchange-log.ts';
import {proxyFor} from './proxy.ts';
import type {RawAnswer, RawRequest} from './raw-exchange.ts';

/** Never more requests than this at a time: API Priority and Fairness gives other people's requests their turn. */
export const MAX_IN_FLIGHT = 5;
/** A server that sends nothing for so long is taken for dead. */
const IDLE_TIMEOUT_MS = 30_000;
/**
 * What goes on for longer is no answer, however steadily it drips: API servers end a request after 60 s themselves
 * (`--request-timeout`, https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/).
 */
const DEFAULT_TIMEOUT_MS = 120_000;
/** More than any page that was asked for, packed or not: what is larger is no list of a sane server. */
const MAX_BODY = 256 * 1024 * 1024;
/** After so long a silence the kernel asks whether the other side still lives. */
const KEEP_ALIVE_MS = 30_000;

const unzip = promisify(gunzip);

export interface TransportOptions {
  env?: NodeJS.ProcessEnv | undefined;
  /** Connections at a time; streams that stay open take one each. */
  maxSockets?: number;
}

/** Sends single requests over kept-alive connections. Throws `ConnectionError`, or the signal's reason. */
export class Transport {
  readonly #access: Access;
  readonly #env: NodeJS.ProcessEnv;
  readonly #maxSockets: number;
  #agent: Promise<http.Agent> | undefined;
  #agentOf: Credential | undefined;

  constructor(access: Access, {env = process.env, maxSockets = MAX_IN_FLIGHT}: TransportOptions = {}) {
    this.#access = access;
    this.#env = env;
    this.#maxSockets = maxSockets;
  }

  async send(request: RawRequest, credential: Credential, signal: AbortSignal): Promise<RawAnswer> {
    const agent = await this.#agentFor(credential);
    const timeout = this.#access.requestTimeoutMs ?? DEFAULT_TIMEOUT_MS;
    const deadline = AbortSignal.timeout(timeout);
    const either = AbortSignal.any([signal, deadline]);
    const log = logFor(request, credential);
    try {
      const answer = await this.#exchange(request, credential, agent, either);
      log(answer);
      refuseRedirect(answer, request.path);
      return {...answer, text: await decode(answer, request.path)};
    } catch (error) {
      log();
      signal.throwIfAborted();
      if (deadline.aborted) {
        throw new ConnectionError(
          'timeout',
          `${request.method} ${request.path} took longer than ${timeout} ms`,
          {
            fix: ['raise `--request-timeout`'],
            cause: error,
          },
        );
      }
      throw explainConnection(error, this.#access.server);
    }
  }

  /**
   * Opens an answer that may go on for hours, as a followed log does: there is no limit to its length or silence. Only
   * its beginning must come in time. The body is read, or destroyed, by the caller.
   */
  async open(
    request: RawRequest,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const agent = await this.#agentFor(credential);
    const begun = new AbortController();
    const timer = setTimeout(() => begun.abort(), this.#access.requestTimeoutMs ?? IDLE_TIMEOUT_MS);
    const log = logFor(request, credential);
    try {
      const either = AbortSignal.any([signal, begun.signal]);
      const {response} = this.#begin(request, {credential, agent, signal: either});
      const answer = await response;
      log({status: answer.statusCode ?? 0, headers: answer.headers});
      // What is still to come may take as long as it likes.
      answer.socket.setKeepAlive(true, KEEP_ALIVE_MS);
      refuseRedirect({status: answer.statusCode ?? 0, headers: answer.headers}, request.path);
      return answer;
    } catch (error) {
      log();
      signal.throwIfAborted();
      if (begun.signal.aborted) {
        throw new ConnectionError('timeout', `${request.method} ${request.path} was not answered in time`, {
          fix: ['raise `--request-timeout`'],
          cause: error,
        });
      }
      throw explainConnection(error, this.#access.server);
    } finally {
      clearTimeout(timer);
    }
  }

  /** How a connection of another kind, a WebSocket, is made the same way. */
  async socketOptions(credential: Credential): Promise<{agent: http.Agent; rejectUnauthorized: boolean}> {
    const agent = await this.#agentFor(credential);
    return {agent, rejectUnauthorized: this.#access.cluster['insecure-skip-tls-verify'] !== true};
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    (await this.#agent)?.destroy();
  }

  /** Sends a request; the answer's head comes by the promise. */
  #begin(
    request: RawRequest,
    {credential, agent, signal}: {credential: Credential; agent: http.Agent; signal: AbortSignal},
  ): {sent: http.ClientRequest; response: Promise<http.IncomingMessage>} {
    const {promise, resolve, reject} = Promise.withResolvers<http.IncomingMessage>();
    const url = this.#access.server + request.path;
    const headers = headersOf(request, credential);
    const send = url.startsWith('https:') ? https.request : http.request;
    // Said outright, as NODE_TLS_REJECT_UNAUTHORIZED would decide it otherwise.
    const rejectUnauthorized = this.#access.cluster['insecure-skip-tls-verify'] !== true;
    const sent = send(url, {method: request.method, headers, agent, signal, rejectUnauthorized}, resolve);
    sent.on('error', reject);
    sent.end(request.body);
    return {sent, response: promise};
  }

  async #exchange(
    request: RawRequest,
    credential: Credential,
    agent: http.Agent,
    signal: AbortSignal,
  ): Promise<Omit<RawAnswer, 'text'> & {raw: Buffer}> {
    const {sent, response} = this.#begin(request, {credential, agent, signal});
    sent.setTimeout(IDLE_TIMEOUT_MS, () =>
      sent.destroy(Object.assign(new Error('no data'), {code: 'ETIMEDOUT'})),
    );
    const answer = await response;
    const chunks: Buffer[] = [];
    let bytes = 0;
    // A response gives buffers as long as no encoding is set.
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_BODY) throw tooLarge(request.path);
      chunks.push(chunk);
    }
    return {status: answer.statusCode ?? 0, headers: answer.headers, raw: Buffer.concat(chunks), bytes};
  }

  /** A new client certificate (an exec plug-in's renewal) needs new connections. */
  #agentFor(credential: Credential): Promise<http.Agent> {
    const held = this.#agentOf;
    if (this.#agent && held?.cert === credential.cert && held?.key === credential.key) return this.#agent;
    void this.#agent?.then(agent => agent.destroy());
    this.#agentOf = credential;
    this.#agent = this.#makeAgent(credential);
    return this.#agent;
  }

  async #makeAgent(credential: Credential): Promise<http.Agent> {
    const {server, cluster} = this.#access;
    const pool = {keepAlive: true, maxSockets: this.#maxSockets, scheduling: 'lifo'} as const;
    const proxy = proxyFor(server, cluster['proxy-url'], this.#env);
    if (proxy) {
      const agent = await proxyAgent(this.#access, credential, proxy);
      agent.maxSockets = this.#maxSockets;
      return agent;
    }
    if (server.startsWith('http:')) return new http.Agent(pool);
    const insecure = cluster['insecure-skip-tls-verify'] === true;
    const ca = pem(
      cluster['certificate-authority-data'],
      cluster['certificate-authority'],
      'certificate authority',
    );
    return new https.Agent({
      ...pool,
      ...(credential.cert && {cert: credential.cert}),
      ...(credential.key && {key: credential.key}),
      ...(cluster['tls-server-name'] && {servername: cluster['tls-server-name']}),
      ...(insecure ? {rejectUnauthorized: false} : {ca: ca ?? systemAuthorities()}),
    });
  }
}

/** kubectl trusts what the system trusts; Node's own list alone would refuse a company's authority. */
function systemAuthorities(): string[] {
  return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
}

async function proxyAgent(access: Access, credential: Credential, proxy: string): Promise<http.Agent> {
  const user = {
    ...(credential.cert && {'client-certificate-data': base64(credential.cert)}),
    ...(credential.key && {'client-key-data': base64(credential.key)}),
  };
  const {impersonate: _, ...rest} = access;
  const config = await clientNodeConfig({...rest, user}, proxy);
  const options: https.RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  // client-node always sets an agent of http's class here (hpagent's or socks-proxy-agent's).
  return options.agent as http.Agent;
}

function base64(value: Buffer | string): string {
  return Buffer.from(value).toString('base64');
}

/** Kubernetes never redirects; whoever does (a login page, a proxy) shall not be sent the credentials. */
function refuseRedirect({status, headers}: Pick<RawAnswer, 'status' | 'headers'>, path: string): void {
  if (status < 300 || status > 399) return;
  const target = URL.parse(headers.location ?? '')?.origin;
  const whither = target === undefined ? '' : ` to ${target.slice(0, MAX_ORIGIN)}`;
  throw new ConnectionError(
    'garbage',
    `GET ${path} is redirected${whither}, which an API server never does`,
    {
      fix: ['check the server in the kubeconfig, and whether a proxy or a login page stands before it'],
    },
  );
}

/** Host names end at 253 characters. */
const MAX_ORIGIN = 300;

function tooLarge(path: string): ConnectionError {
  return new ConnectionError('garbage', `the answer to GET ${path} is larger than ${MAX_BODY} bytes`);
}

async function decode(
  {raw, headers}: {raw: Buffer; headers: http.IncomingHttpHeaders},
  path: string,
): Promise<string> {
  if (headers['content-encoding'] !== 'gzip') return raw.toString('utf8');
  try {
    return (await unzip(raw, {maxOutputLength: MAX_BODY})).toString('utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(path);
    throw new ConnectionError('garbage', 'the API server sent a damaged gzip body', {cause: error});
  }
}
