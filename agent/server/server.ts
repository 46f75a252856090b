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
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  server.maxHeadersCount = limits.headers;
  server.maxConnections = limits.connections;
  // Each request of a connection listens for its end, and a client may send many without waiting.
  server.on('connection', socket => socket.setMaxListeners(0));
  server.on('clientError', (error, socket) => refuseBroken(error, socket));
  // An expectation other than 100-continue, which Node answers itself.
  server.on('checkExpectation', (_, response) =>
    answerRefusal(response, new Refusal('bad-request', 'this agent meets no such expectation'), true),
  );
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const {method = '', url: target = '', socket} = request;
    const {path, query} = splitTarget(target);
    const route = routeOf(path);
    const seen = route ?? 'none';
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.on('close', leave);
    // An answer that waits behind another one on its connection is not told when that closes.
    socket.once('close', leave);
    // A client that is cut off in the middle shows as an error of the response, too; `close` says all that matters.
    response.on('error', () => undefined);
    let proven = false;
    let ending: Ending = {outcome: 'done'};
    let bytes: number | undefined;
    let asked: Readonly<Record<string, string | readonly string[]>> = {};
    let unread = hasBody(request);
    const exchange = {
      response,
      query,
      signal: gone.signal,
      note: (what: typeof asked) => void (asked = what),
    };
    try {
      if (route === 'healthz' && method === ROUTES.healthz.method) {
        if (unread) throw new Refusal('bad-request', 'a question about health has no body');
        await handlers.healthz({...exchange, body: Buffer.alloc(0)});
      } else {
        const claims = authenticator.prove({method, target, authorization: request.headers.authorization});
        proven = true;
        const handler = handlerOf(route, method, handlers);
        const body = await readBody(request, limits.bodyBytes, claims.body);
        unread = false;
        bytes = (await handler({...exchange, body})) ?? undefined;
      }
    } catch (error) {
      ending = refuse(response, error, {unread, gone: gone.signal.aborted});
    } finally {
      socket.off('close', leave);
      leave();
      const tookMs = Math.round(performance.now() - started);
      const status = response.headersSent ? response.statusCode : 0;
      observer.request(seen, status, tookMs);
      const entry = {route: seen, status, ...ending};
      if (proven) deps.audit({event: 'request', ...entry, ...asked, bytes, tookMs});
      else if (ending.outcome !== 'done') auditRefused({event: 'refused', ...entry});
    }
  }
}

/** How an exchange ended, for the log. */
interface Ending {
  readonly outcome: string;
  /** Where in this program it failed. */
  readonly where?: string;
}

/** Ends an exchange that failed. */
function refuse(
  response: ServerResponse,
  error: unknown,
  {unread, gone}: {unread: boolean; gone: boolean},
): Ending {
  if (error instanceof Refusal && !response.headersSent) {
    answerRefusal(response, error, unread);
    return {outcome: error.error};
  }
  // Without its last chunk the client knows that the answer is cut.
  if (response.headersSent) response.destroy();
  else answerRefusal(response, new Refusal('failed', "the agent failed; its pod's log says where"), unread);
  if (error instanceof StreamEnd) return {outcome: error.outcome};
  if (gone && error instanceof Error && error.name === 'AbortError') return {outcome: 'client-gone'};
  // What an error says may hold anything that was collected; its kind and place do not.
  if (!(error instanceof Error)) return {outcome: 'failed'};
  const where = /^ +at .*$/m.exec(error.stack ?? '')?.[0].trim();
  return {outcome: `failed: ${error.name}`, ...(where !== undefined && {where})};
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
