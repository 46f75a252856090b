import type {IncomingMessage, ServerResponse} from 'node:http';
import http from 'node:http';
import https from 'node:https';
import type {AddressInfo} from 'node:net';
import {RESOURCES, apiVersionOf, resourceOfKind} from '../../../src/kube/resources.ts';
import type {Resource} from '../../../src/kube/resources.ts';
import type {Access} from '../../../plugin/kube/access.ts';
import type {Raw} from '../../helpers/raw.ts';

/** One request as the double saw it. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Answers a request itself and returns true, or leaves it to the double. `nth` counts requests to the same path from 1. */
export type Fault = (seen: Seen, response: ServerResponse, nth: number) => boolean | Promise<boolean>;

/** An API server on loopback that lists what it is given, page by page, and misbehaves where told to. */
export class ApiDouble {
  readonly seen: Seen[] = [];
  readonly #server: http.Server | https.Server;
  readonly #objects: readonly Raw[];
  readonly #fault: Fault;
  readonly #secure: boolean;
  readonly #counts = new Map<string, number>();
  /** The most requests that were open at a time. */
  mostOpen = 0;
  #open = 0;

  constructor(objects: readonly Raw[], fault: Fault = () => false, tls?: {cert: string; key: string}) {
    this.#objects = objects;
    this.#fault = fault;
    this.#secure = tls !== undefined;
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      void this.#handle(request, response);
    };
    this.#server = tls ? https.createServer(tls, handle) : http.createServer(handle);
  }

  async start(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  get url(): string {
    // A server that listens on TCP has this form of address.
    const {port} = this.#server.address() as AddressInfo;
    return `${this.#secure ? 'https' : 'http'}://127.0.0.1:${port}`;
  }

  /** How a test gets in. */
  access(more: Partial<Access> = {}): Access {
    return {
      name: 'double',
      server: this.url,
      namespace: 'default',
      cluster: {},
      user: {token: 'invented'},
      ...more,
    };
  }

  paths(): string[] {
    return this.seen.map(s => s.path);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostOpen = Math.max(this.mostOpen, ++this.#open);
    response.on('close', () => this.#open--);
    const url = new URL(request.url ?? '/', this.url);
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const seen: Seen = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    this.seen.push(seen);
    const nth = (this.#counts.get(seen.path) ?? 0) + 1;
    this.#counts.set(seen.path, nth);
    if (await this.#fault(seen, response, nth)) return;
    this.#answer(seen, response);
  }

  #answer({path, query}: Seen, response: ServerResponse): void {
    if (path === '/version') return json(response, 200, {gitVersion: 'v1.35.4', major: '1', minor: '35'});
    if (path === '/apis') return json(response, 200, groupList());
    const found = resourceAt(path);
    if (!found) return status(response, 404, 'NotFound', 'the server could not find the requested resource');
    json(response, 200, this.#page(found.resource, found.namespace, query));
  }

  #page(resource: Resource, namespace: string | undefined, query: URLSearchParams): object {
    const name = /metadata\.name=([^,]+)/.exec(query.get('fieldSelector') ?? '')?.[1];
    const all = this.#objects.filter(
      o =>
        resourceOfKind(o.apiVersion, o.kind)?.key === resource.key &&
        (namespace === undefined || o.metadata.namespace === namespace) &&
        (name === undefined || o.metadata.name === name),
    );
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? all.length);
    const items = all.slice(from, from + limit);
    const rest = all.length - from - items.length;
    return {
      kind: `${resource.kind}List`,
      apiVersion: apiVersionOf(resource),
      metadata: {resourceVersion: '7', ...(rest > 0 && {continue: String(from + limit)})},
      items,
    };
  }
}

/** Answers with JSON. */
export function json(response: ServerResponse, code: number, body: unknown, headers: object = {}): void {
  response.writeHead(code, {
    'content-type': 'application/json',
    date: 'Tue, 01 Sep 2026 12:00:00 GMT',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** Answers with a `Status` object, as an API server says no. */
export function status(
  response: ServerResponse,
  code: number,
  reason: string,
  message: string,
  more: {metadata?: object; headers?: object} = {},
): void {
  const body = {kind: 'Status', apiVersion: 'v1', metadata: more.metadata ?? {}, status: 'Failure'};
  json(response, code, {...body, message, reason, code}, more.headers);
}

/** The resource and namespace that a path of the API names. */
export function resourceAt(path: string): {resource: Resource; namespace?: string} | undefined {
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(path);
  if (!match) return undefined;
  const [, group = '', version, namespace, plural] = match;
  const resource = RESOURCES.find(r => r.group === group && r.version === version && r.plural === plural);
  return resource && {resource, ...(namespace !== undefined && {namespace})};
}

function groupList(): object {
  const groups = new Set(RESOURCES.filter(r => r.group && !r.custom).map(r => r.group));
  return {kind: 'APIGroupList', groups: [...groups].map(name => ({name, versions: []}))};
}
