/**
 * An API server's part in following logs, for measuring: pods that each print a thousand numbered lines a second, once all of
 * them are followed. `node log-api.ts PODS SECONDS` prints its port.
 */
import type {IncomingMessage, ServerResponse} from 'node:http';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';

const [PODS = 50, SECONDS = 60] = process.argv.slice(2).map(Number);
const LINES_A_SECOND = 1000;
const TICK_MS = 10;
/** Every so many lines one says when it was sent. */
const TIMED = 10;
const LIST = '/api/v1/namespaces/default/pods';
const LOG = /^\/api\/v1\/namespaces\/default\/pods\/chatty-(\d+)\/log$/;
const POD = /^\/api\/v1\/namespaces\/default\/pods\/chatty-(\d+)$/;

const followed = new Map<number, {response: ServerResponse; stamps: boolean}>();
let sent = 0;
let started = 0;

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://api');
  const log = LOG.exec(url.pathname);
  const pod = POD.exec(url.pathname);
  if (log) follow(Number(log[1]), url.searchParams, response);
  else if (pod) answer(response, podOf(Number(pod[1])));
  else if (url.pathname === LIST) {
    if (url.searchParams.get('watch') === 'true' || url.searchParams.get('watch') === '1')
      watch(request, response, url.searchParams);
    else
      answer(response, {
        kind: 'PodList',
        apiVersion: 'v1',
        metadata: {resourceVersion: '1'},
        items: allPods(),
      });
  } else {
    response.statusCode = 404;
    answer(response, {kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', code: 404});
  }
});
server.listen(0, '127.0.0.1', () => {
  // A server that listens on TCP has this form of address.
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

function answer(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function watch(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
  response.setHeader('content-type', 'application/json');
  response.flushHeaders();
  if (!query.get('resourceVersion')) {
    for (const object of allPods()) response.write(`${JSON.stringify({type: 'ADDED', object})}\n`);
  }
  request.on('close', () => response.end());
}

function follow(pod: number, query: URLSearchParams, response: ServerResponse): void {
  response.setHeader('content-type', 'text/plain');
  response.flushHeaders();
  followed.set(pod, {response, stamps: query.get('timestamps') === 'true'});
  if (followed.size < PODS || started > 0) return;
  started = performance.now();
  const ticking = setInterval(() => {
    tick();
    if (sent >= SECONDS * LINES_A_SECOND) clearInterval(ticking);
  }, TICK_MS);
}

/** Sends each pod the lines that are due. */
function tick(): void {
  const due = Math.floor(((performance.now() - started) * LINES_A_SECOND) / 1000);
  const to = Math.min(due, SECONDS * LINES_A_SECOND);
  for (const [pod, {response, stamps}] of followed) {
    const now = new Date();
    const stamp = stamps ? `${now.toISOString().slice(0, -1)}000000Z ` : '';
    let text = '';
    for (let n = sent; n < to; n++) {
      const when = n % TIMED === 0 ? ` sent=${now.getTime()};` : '';
      text += `${stamp}line ${n} of pod ${pod}, with as many words as a line of a log has on an ordinary day${when}\n`;
    }
    response.write(text);
  }
  sent = to;
}

function allPods(): unknown[] {
  return Array.from({length: PODS}, (_, pod) => podOf(pod));
}

function podOf(pod: number): unknown {
  const startedAt = '2026-09-01T12:00:00Z';
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: `chatty-${pod}`,
      namespace: 'default',
      uid: `00000000-0000-0000-0000-${String(pod).padStart(12, '0')}`,
      resourceVersion: '1',
      creationTimestamp: startedAt,
      labels: {app: 'chatty'},
    },
    spec: {nodeName: 'win-1', containers: [{name: 'main', image: 'chatty:1'}]},
    status: {
      phase: 'Running',
      startTime: startedAt,
      conditions: [{type: 'Ready', status: 'True'}],
      containerStatuses: [
        {
          name: 'main',
          image: 'chatty:1',
          imageID: 'chatty:1',
          containerID: `containerd://${pod}`,
          ready: true,
          started: true,
          restartCount: 0,
          state: {running: {startedAt}},
        },
      ],
    },
  };
}
