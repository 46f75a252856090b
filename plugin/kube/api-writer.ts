import {FIELD_MANAGER} from '../../src/agent-manifests/labels.ts';
import type {Access} from './access.ts';
import {ApiStatusError} from './api-error.ts';
import type {Credentials} from './credential.ts';
import {credentialsOf} from './credentials.ts';
import {identityHeaders, unauthorized} from './identity.ts';
import type {RawRequest} from './raw-exchange.ts';
import {Transport} from './transport.ts';

/**
 * The only thing of this program that changes anything in a cluster: `agent install`, `upgrade`, `uninstall` and `net check --events` have one,
 * all else reads. Nothing is tried twice but what the server refused before it began (401).
 */
export interface ApiWriter {
  /** Server-side apply; with `dryRun` the server checks everything and stores nothing. Answers the object as JSON. */
  apply(path: string, object: object, options: WriteOptions): Promise<string>;
  /** Deletes; a precondition on `uid` leaves alone what has taken the name since. Answers whether it was there. */
  remove(path: string, options: RemoveOptions): Promise<boolean>;
}

export interface WriteOptions {
  signal: AbortSignal;
  dryRun?: boolean;
  /** Takes over fields that somebody else has set. */
  force?: boolean;
}

export interface RemoveOptions {
  signal: AbortSignal;
  /** Leaves what belongs to the object. */
  orphan?: boolean;
  uid?: string;
}

/** Writes over HTTPS as the user of a kubeconfig. */
export class HttpApiWriter implements ApiWriter {
  readonly #access: Access;
  readonly #transport: Transport;
  readonly #credentials: Credentials;

  constructor(access: Access) {
    this.#access = access;
    this.#transport = new Transport(access);
    this.#credentials = credentialsOf(access);
  }

  async apply(path: string, object: object, {signal, dryRun, force}: WriteOptions): Promise<string> {
    const query = new URLSearchParams({fieldManager: FIELD_MANAGER});
    if (force) query.set('force', 'true');
    if (dryRun) query.set('dryRun', 'All');
    // JSON is YAML.
    return this.#send('PATCH', `${path}?${query.toString()}`, object, 'application/apply-patch+yaml', signal);
  }

  async remove(path: string, {signal, uid, orphan}: RemoveOptions): Promise<boolean> {
    const options = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: orphan ? 'Orphan' : 'Background',
      ...(uid !== undefined && {preconditions: {uid}}),
    };
    try {
      await this.#send('DELETE', path, options, 'application/json', signal);
      return true;
    } catch (error) {
      if (error instanceof ApiStatusError && error.status === 404) return false;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #send(
    method: 'PATCH' | 'DELETE',
    path: string,
    body: object,
    type: string,
    signal: AbortSignal,
  ): Promise<string> {
    const headers = {...identityHeaders(this.#access), accept: 'application/json', 'content-type': type};
    const request: RawRequest = {method, path, headers, body: JSON.stringify(body)};
    for (let renewed = false; ; renewed = true) {
      const credential = await this.#credentials.current(signal);
      const answer = await this.#transport.send(request, credential, signal);
      if (answer.status < 400) return answer.text;
      if (answer.status !== 401) throw new ApiStatusError(path, answer.status, answer.text, method);
      if (renewed || !(await this.#credentials.renew(credential, signal)))
        throw unauthorized(this.#access.server);
    }
  }
}
