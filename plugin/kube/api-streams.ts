import type {IncomingMessage} from 'node:http';
import type {Access} from './access.ts';
import {ApiStatusError} from './api-error.ts';
import type {Credentials} from './credential.ts';
import {credentialsOf} from './credentials.ts';
import {identityHeaders, unauthorized} from './identity.ts';
import {Transport} from './transport.ts';

/** Opens answers of the API server that go on: logs, watches. Tests pass their own. */
export interface ApiStreams {
  /** Throws `ApiStatusError` where the server says no, `ConnectionError` where no answer begins. */
  open(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** Streams over HTTPS, each on a connection of its own, as the user of a kubeconfig. */
export class HttpApiStreams implements ApiStreams {
  readonly #transport: Transport;
  readonly #credentials: Credentials;
  readonly #headers: Record<string, string | string[]>;
  readonly #server: string;

  constructor(access: Access) {
    this.#transport = new Transport(access, {maxSockets: Infinity});
    this.#credentials = credentialsOf(access);
    this.#headers = {...identityHeaders(access), accept: '*/*'};
    this.#server = access.server;
  }

  async open(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    for (let renewed = false; ; renewed = true) {
      const credential = await this.#credentials.current(signal);
      const request = {method: 'GET', path, headers: this.#headers} as const;
      const answer = await this.#transport.open(request, credential, signal);
      const status = answer.statusCode ?? 0;
      if (status < 400) return answer;
      const said = await beginning(answer);
      if (status !== 401) throw new ApiStatusError(path, status, said);
      if (renewed || !(await this.#credentials.renew(credential, signal))) throw unauthorized(this.#server);
    }
  }

  /** Ends every stream. */
  close(): Promise<void> {
    return this.#transport.close();
  }
}

/** The explanation of a refusal is a `Status` object; more than this is none. */
const MAX_REFUSAL = 64 * 1024;

/** The beginning of a refusal's body, which explains it. */
export async function beginning(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // A response gives buffers as long as no encoding is set.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_REFUSAL) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
