import {createServer} from 'node:http';
import type {IncomingMessage, Server, ServerResponse} from 'node:http';
import {ROUTES} from '../../src/protocol/routes.ts';
import type {RouteName} from '../../src/protocol/routes.ts';
import {answerRefusal} from './answer.ts';
import {sparing} from './audit.ts';
import {Authenticator} from './authenticate.ts';
import {hasBody, readBody} from './body.ts';
import {refuseBroken} from './broken.ts';
import type {ServerDeps} from './deps.ts';
import type {Handler} from './handlers.ts';
import {handlersOf} from './handlers.ts';
import {Refusal} from './refusal.ts';
import {StreamEnd} from './stream.ts';
import {splitTarget} from './target.ts';

/**
 * Makes the HTTP server of an agent. It listens on nothing: `serve` has it listen on loopback, `connect` hands it its one
 * connection. Everything but `GET /v1/healthz` must be signed, and nothing of a body is read before it is.
 */
export function createAgentServer(deps: ServerDeps): Server {
  const {limits, observer} = deps;
  const authenticator = new Authenticator({...deps, nonces: limits.nonces});
  const handlers = handlersOf(deps);
  const auditRefused = sparing(deps.audit, deps.clock);

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: limits.keepAliveMs,
      keepAlive: true,
      noDelay: true,
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    (request, response) => void answer(request, response),
  );
  server.maxHeadersCount = limits.headers;
  server.maxConnections = limits.connections;
  server.on('clientError', (error, socket) => refuseBroken(error, socket));
  // An expectation other than 100-continue, which Node answers itself.
  server.on('checkExpectation', (_, response) =>
    answerRefusal(response, new Refusal('bad-request', 'this agent meets no such expectation'), true),
  );
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const {method = '', url: target = ''} = request;
    const {path, query} = splitTarget(target);
    const route = routeOf(path);
    const seen = route ?? 'none';
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    // A client that is cut off in the middle shows as an error of the response, too; `close` says all that matters.
    response.on('error', () => undefined);
    let proven = false;
    let outcome = 'done';
    let bytes: number | undefined;
    let unread = hasBody(request);
    try {
      if (route === 'healthz' && method === ROUTES.healthz.method) {
        if (unread) throw new Refusal('bad-request', 'a question about health has no body');
        await handlers.healthz({response, query, body: Buffer.alloc(0), signal: gone.signal});
      } else {
        const claims = authenticator.prove({method, target, authorization: request.headers.authorization});
        proven = true;
        const handler = handlerOf(route, method, handlers);
        const body = await readBody(request, limits.bodyBytes, claims.body);
        unread = false;
        bytes = (await handler({response, query, body, signal: gone.signal})) ?? undefined;
      }
    } catch (error) {
      outcome = refuse(response, error, unread);
    } finally {
      gone.abort();
      const tookMs = Math.round(performance.now() - started);
      const status = response.headersSent ? response.statusCode : 0;
      observer.request(seen, status, tookMs);
      if (proven) deps.audit({event: 'request', route: seen, status, outcome, bytes, tookMs});
      else if (outcome !== 'done') auditRefused({event: 'refused', route: seen, status, outcome});
    }
  }
}

/** Ends an exchange that failed, and names how. */
function refuse(response: ServerResponse, error: unknown, unread: boolean): string {
  if (error instanceof Refusal && !response.headersSent) {
    answerRefusal(response, error, unread);
    return error.error;
  }
  // Without its last chunk the client knows that the answer is cut. What failed may hold anything, so only its kind is told.
  response.destroy();
  if (error instanceof StreamEnd) return error.outcome;
  return error instanceof Error ? `failed: ${error.name}` : 'failed';
}

const ROUTE_OF_PATH = new Map<string, RouteName>(
  // The keys of ROUTES are the names of routes.
  Object.entries(ROUTES).map(([name, {path}]) => [path, name as RouteName]),
);

function routeOf(path: string): RouteName | undefined {
  return ROUTE_OF_PATH.get(path);
}

function handlerOf(
  route: RouteName | undefined,
  method: string,
  handlers: Readonly<Record<RouteName, Handler>>,
): Handler {
  if (route === undefined) throw new Refusal('not-found', 'this agent has no such path');
  const allowed = ROUTES[route].method;
  if (method !== allowed)
    throw new Refusal('wrong-method', `this path answers ${allowed} only`, {allow: allowed});
  return handlers[route];
}
