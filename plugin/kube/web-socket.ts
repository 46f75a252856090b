import {WebSocket} from 'ws';
import type {Access} from './access.ts';
import {ApiStatusError, ConnectionError} from './api-error.ts';
import {beginning} from './api-streams.ts';
import {explainConnection} from './connection-fault.ts';
import type {Credentials} from './credential.ts';
import {credentialsOf} from './credentials.ts';
import {identityHeaders, unauthorized} from './identity.ts';
import {Transport} from './transport.ts';
import {logExchange} from '../verbosity.ts';

/**
 * Subprotocols of exec, attach and port-forward over WebSockets
 * (https://kubernetes.io/docs/reference/using-api/deprecation-guide/ has none; KEP-4006): a byte in front of each message
 * says which stream it is of.
 */
export const CHANNEL_PROTOCOLS = {
  exec: ['v5.channel.k8s.io', 'v4.channel.k8s.io'],
  portForward: ['v4.channel.k8s.io'],
} as const;

/** An API server that accepts a connection and then says nothing for so long does not get to it. */
const HANDSHAKE_MS = 20_000;
/** Messages of a kubelet hold 32 KiB at most; a larger one is none of its own. */
const MAX_MESSAGE = 1024 * 1024;

const SWITCHING_PROTOCOLS = 101;

/** Opens WebSockets to one API server as the user of a kubeconfig; credentials are shared by all of them. */
export interface WebSockets {
  /** The socket is paused until somebody listens. Throws `ApiStatusError` where the server says no, `ConnectionError` where it cannot be reached. */
  open(path: string, protocols: readonly string[], signal: AbortSignal): Promise<WebSocket>;
}

/**
 * client-node's own handler starts a credential plug-in for each socket, drops groups, knows no back-pressure and loses
 * what the server said when it refuses; the library below it does not.
 */
export class HttpWebSockets implements WebSockets {
  readonly #access: Access;
  readonly #transport: Transport;
  readonly #credentials: Credentials;

  constructor(access: Access, credentials: Credentials = credentialsOf(access)) {
    this.#access = access;
    this.#transport = new Transport(access, {maxSockets: Infinity});
    this.#credentials = credentials;
  }

  async open(path: string, protocols: readonly string[], signal: AbortSignal): Promise<WebSocket> {
    for (let renewed = false; ; renewed = true) {
      const credential = await this.#credentials.current(signal);
      const url = this.#access.server.replace(/^http/, 'ws') + path;
      const {agent, rejectUnauthorized} = await this.#transport.socketOptions(credential);
      const headers = {
        ...identityHeaders(this.#access),
        ...(credential.authorization && {authorization: credential.authorization}),
      };
      const started = performance.now();
      const log = (status: number): void =>
        logExchange({method: 'GET', path, status, ms: performance.now() - started, sent: headers});
      const socket = new WebSocket(url, protocols, {
        agent,
        rejectUnauthorized,
        headers,
        handshakeTimeout: HANDSHAKE_MS,
        maxPayload: MAX_MESSAGE,
        perMessageDeflate: false,
      });
      const refused = await this.#opened(socket, path, signal);
      log(refused?.status ?? SWITCHING_PROTOCOLS);
      if (refused === undefined) return socket;
      if (refused.status !== 401) throw refused;
      if (renewed || !(await this.#credentials.renew(credential, signal)))
        throw unauthorized(this.#access.server);
    }
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  /** Waits for the handshake; answers what the server said where it refuses. */
  #opened(socket: WebSocket, path: string, signal: AbortSignal): Promise<ApiStatusError | undefined> {
    const {promise, resolve, reject} = Promise.withResolvers<ApiStatusError | undefined>();
    const abort = (): void => {
      reject(signal.reason);
      socket.terminate();
    };
    signal.addEventListener('abort', abort, {once: true});
    socket.on('open', () => {
      // What comes at once waits for whoever listens.
      socket.pause();
      resolve(undefined);
    });
    socket.on('unexpected-response', (request, response) => {
      beginning(response)
        .then(said => resolve(new ApiStatusError(path, response.statusCode ?? 0, said)))
        .catch(reject)
        .finally(() => request.destroy());
    });
    // Stays for the life of the socket: whoever uses it learns of its end by `close`.
    socket.on('error', error => reject(this.#explain(error)));
    if (signal.aborted) abort();
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  #explain(error: Error): unknown {
    if (/handshake has timed out/.test(error.message)) {
      return new ConnectionError(
        'timeout',
        `${this.#access.server} accepted no stream in ${HANDSHAKE_MS} ms`,
        {
          cause: error,
        },
      );
    }
    return explainConnection(error, this.#access.server);
  }
}
