import {readFileSync} from 'node:fs';
import {Agent, request} from 'node:https';
import {LabError} from './failure.ts';

/** A Kubernetes object as it goes over the wire. */
export interface LabObject {
  apiVersion: string;
  kind: string;
  metadata: {name: string; namespace?: string; [field: string]: unknown};
  [field: string]: unknown;
}

/** An answer that is no success. */
export class ApiError extends LabError {
  override name = 'ApiError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Answer {
  status: number;
  text: string;
  isJson: boolean;
}

interface Discovered {
  plural: string;
  namespaced: boolean;
}

/** A small client of one API server: just what loading a scene and breaking it needs. */
export class Api {
  readonly server: string;
  readonly #token: string;
  readonly #agent: Agent;
  readonly #kinds = new Map<string, Map<string, Discovered>>();

  constructor(server: string, certificate: string, token: string) {
    this.server = server;
    this.#token = token;
    this.#agent = new Agent({keepAlive: true, maxSockets: 16, ca: readFileSync(certificate)});
  }

  /** One request; `body` goes as JSON. Answers the JSON or the text that came. Throws `ApiError` for anything but 2xx. */
  async send(method: string, path: string, body?: unknown, type = 'application/json'): Promise<unknown> {
    const {status, text, isJson} = await this.#exchange(method, path, body, type);
    if (status >= 200 && status < 300) return isJson ? JSON.parse(text) : text;
    throw new ApiError(status, `${method} ${path}: ${status} ${messageIn(text)}`);
  }

  /** The path of an object, or of its list when it has no name. */
  async path(of: {
    apiVersion: string;
    kind: string;
    metadata: {name?: string; namespace?: string};
  }): Promise<string> {
    const {plural, namespaced} = await this.#discover(of.apiVersion, of.kind);
    const base = of.apiVersion.includes('/') ? `/apis/${of.apiVersion}` : `/api/${of.apiVersion}`;
    const space = namespaced ? `/namespaces/${of.metadata.namespace ?? 'default'}` : '';
    return `${base}${space}/${plural}${of.metadata.name === undefined ? '' : `/${of.metadata.name}`}`;
  }

  /** Creates an object; one that is there already is merged over. Its status is not taken by most kinds. */
  async create(object: LabObject): Promise<LabObject> {
    const {name: _, ...metadata} = object.metadata;
    const list = await this.path({...object, metadata});
    try {
      // The API server answers with the object it stored.
      return (await this.send('POST', list, object)) as LabObject;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error;
      return this.patch(object, object);
    }
  }

  /** Merges a change into an object (JSON merge patch), or into one of its subresources. */
  async patch(of: LabObject, change: object, subresource = ''): Promise<LabObject> {
    const path = (await this.path(of)) + (subresource && `/${subresource}`);
    // The API server answers with the object it stored.
    return (await this.send('PATCH', path, change, 'application/merge-patch+json')) as LabObject;
  }

  async get(of: {
    apiVersion: string;
    kind: string;
    metadata: {name: string; namespace?: string};
  }): Promise<LabObject> {
    // The API server answers with the object asked for.
    return (await this.send('GET', await this.path(of))) as LabObject;
  }

  /** Deletes at once, without a pod's grace period. An object that is gone already is fine. */
  async remove(of: {
    apiVersion: string;
    kind: string;
    metadata: {name: string; namespace?: string};
  }): Promise<void> {
    try {
      await this.send('DELETE', await this.path(of), {
        gracePeriodSeconds: 0,
        propagationPolicy: 'Background',
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #discover(apiVersion: string, kind: string): Promise<Discovered> {
    let kinds = this.#kinds.get(apiVersion);
    if (!kinds?.has(kind)) {
      const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
      // An APIResourceList; subresources have a slash in their names.
      const {resources} = (await this.send('GET', path)) as {
        resources: {name: string; kind: string; namespaced: boolean}[];
      };
      kinds = new Map(
        resources
          .filter(r => !r.name.includes('/'))
          .map(r => [r.kind, {plural: r.name, namespaced: r.namespaced}]),
      );
      this.#kinds.set(apiVersion, kinds);
    }
    const found = kinds.get(kind);
    if (!found) throw new ApiError(404, `the API server serves no ${apiVersion} ${kind}`);
    return found;
  }

  async #exchange(method: string, path: string, body: unknown, type: string): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const call = request(
        `${this.server}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            authorization: `Bearer ${this.#token}`,
            accept: 'application/json',
            ...(payload !== undefined && {
              'content-type': type,
              'content-length': Buffer.byteLength(payload),
            }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
              isJson: response.headers['content-type']?.startsWith('application/json') ?? false,
            }),
          );
        },
      );
      call.on('error', reject);
      call.end(payload);
    });
  }
}

function messageIn(text: string): string {
  try {
    // A `Status` object; anything else is shown as it came.
    return (JSON.parse(text) as {message?: string}).message ?? text;
  } catch {
    return text;
  }
}
