import type {Access} from './access.ts';
import {ApiStatusError, ConnectionError} from './api-error.ts';
import type {Clock} from './clock.ts';
import {systemClock} from './clock.ts';
import type {Credential, Credentials} from './credential.ts';
import {credentialsOf} from './credentials.ts';
import {identityHeaders, unauthorized} from './identity.ts';
import {isLoopback} from './proxy.ts';
import type {RawAnswer, RawRequest} from './raw-exchange.ts';
import {MAX_IN_FLIGHT, Transport} from './transport.ts';

/** An answer of the API server: its body as text, and its own time (`Date` header). */
export interface ApiAnswer {
  text: string;
  date: string | undefined;
}

export interface ApiOptions {
  signal: AbortSignal;
  accept?: string;
  /** Goes before requests that wait: the next page of a long list, which is what a run waits for in the end. */
  first?: boolean;
  /** Where there is one, it is posted as JSON: reviews, which change nothing. */
  review?: unknown;
}

/** The one way to the API server: bounded, retried, authenticated. Tests pass their own. */
export interface ApiReader {
  /** Throws `ApiStatusError` where the server says no, `ConnectionError` where no answer came. */
  get(path: string, options: ApiOptions): Promise<ApiAnswer>;
}

/** One exchange, for `-v`. Headers, and with them every credential, are left out. */
export interface RequestRecord {
  method: string;
  path: string;
  /** HTTP status; 0 where no answer came. */
  status: number;
  ms: number;
  bytes: number;
  inFlight: number;
}

export interface ReaderOptions {
  clock?: Clock;
  log?: (record: RequestRecord) => void;
  env?: NodeJS.ProcessEnv;
  version?: string;
}

/** Tries in all, for one request. */
const MAX_TRIES = 4;
/** A server that asks for more patience than this is not waited for: the list is then missing in part. */
const MAX_RETRY_AFTER_MS = 30_000;
const FIRST_BACKOFF_MS = 250;

/** Reads over HTTPS with at most five requests at a time. */
export class HttpApiReader implements ApiReader {
  readonly #transport: Transport;
  readonly #credentials: Credentials;
  readonly #headers: Record<string, string | string[]>;
  readonly #clock: Clock;
  readonly #log: ((record: RequestRecord) => void) | undefined;
  readonly #server: string;
  readonly #waiting: (() => void)[] = [];
  #inFlight = 0;
  #answered = false;

  constructor(access: Access, options: ReaderOptions = {}) {
    this.#transport = new Transport(access, {env: options.env});
    this.#credentials = credentialsOf(access);
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log;
    this.#server = access.server;
    this.#headers = {
      ...identityHeaders(access, options.version),
      ...(wantsCompression(access) && {'accept-encoding': 'gzip'}),
    };
  }

  async get(path: string, options: ApiOptions): Promise<ApiAnswer> {
    await this.#enter(options);
    try {
      const {text, headers} = await this.#persist(this.#requestOf(path, options), options.signal);
      return {text, date: headers.date};
    } finally {
      this.#leave();
    }
  }

  /** Closes every connection. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  #requestOf(path: string, {accept, review}: ApiOptions): RawRequest {
    const headers = {...this.#headers, accept: accept ?? 'application/json'};
    if (review === undefined) return {method: 'GET', path, headers};
    return {
      method: 'POST',
      path,
      headers: {...headers, 'content-type': 'application/json'},
      body: JSON.stringify(review),
    };
  }

  /** Tries until there is an answer, a no that another try would not change, or patience is at its end. */
  async #persist(request: RawRequest, signal: AbortSignal): Promise<RawAnswer> {
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const credential = await this.#credentials.current(signal);
      const result = await this.#attempt(request, credential, signal);
      if ('text' in result && result.status < 400) return result;
      if ('text' in result && result.status === 401) {
        if (renewed || !(await this.#credentials.renew(credential, signal))) throw unauthorized(this.#server);
        renewed = true;
        continue;
      }
      const wait = attempt < MAX_TRIES ? this.#patience(result, attempt) : undefined;
      if (wait === undefined)
        throw 'text' in result ? new ApiStatusError(request.path, result.status, result.text) : result;
      await this.#clock.sleep(wait, signal);
    }
  }

  /** How long to wait before another try, or `undefined` where none would help. */
  #patience(result: RawAnswer | ConnectionError, attempt: number): number | undefined {
    const backoff = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
    if (result instanceof ConnectionError) {
      if (result.fault === 'cut') return backoff;
      // A server that never answered is reported at once; one that did may be restarting.
      return this.#answered && result.fault === 'unreachable' ? backoff : undefined;
    }
    if (result.status !== 429 && result.status < 500) return undefined;
    const after = Number(result.headers['retry-after']);
    if (!(after > 0)) return backoff;
    return after * 1000 > MAX_RETRY_AFTER_MS ? undefined : after * 1000;
  }

  async #attempt(
    request: RawRequest,
    credential: Credential,
    signal: AbortSignal,
  ): Promise<RawAnswer | ConnectionError> {
    const started = performance.now();
    const record = (status: number, bytes: number): void =>
      this.#log?.({
        method: request.method,
        path: request.path,
        status,
        ms: Math.round(performance.now() - started),
        bytes,
        inFlight: this.#inFlight,
      });
    try {
      const answer = await this.#transport.send(request, credential, signal);
      this.#answered = true;
      record(answer.status, answer.bytes);
      return answer;
    } catch (error) {
      record(0, 0);
      if (error instanceof ConnectionError) return error;
      throw error;
    }
  }

  async #enter({signal, first}: ApiOptions): Promise<void> {
    signal.throwIfAborted();
    if (this.#inFlight < MAX_IN_FLIGHT) {
      this.#inFlight++;
      return;
    }
    // The place of a request that ends is handed on, so the count stays as it is.
    await new Promise<void>(resolve => {
      if (first) this.#waiting.unshift(resolve);
      else this.#waiting.push(resolve);
    });
    if (!signal.aborted) return;
    this.#leave();
    signal.throwIfAborted();
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inFlight--;
  }
}

/** To this machine itself there is nothing to save, and both ends would pay for the packing. */
function wantsCompression({cluster, server}: Access): boolean {
  return cluster['disable-compression'] !== true && !isLoopback(new URL(server).hostname);
}
