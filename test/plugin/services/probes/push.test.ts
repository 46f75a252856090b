import {once} from 'node:events';
import {createServer} from 'node:http';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {gatewayOf, push} from '../../../../plugin/services/probes/push.ts';

interface Took {
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
  body: string;
}

async function gateway(t: ExecutionContext, status: number): Promise<{url: string; took: Took[]}> {
  const took: Took[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    took.push({request, body: await text(request)});
    response.writeHead(status).end(status === 400 ? 'pushed metrics are invalid' : '');
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => void server.close());
  // A server that listens on an address.
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, took};
}

const sent = async (url: string) => {
  const to = gatewayOf(url, 'kubectl-win-net');
  if (to) await push(to, 'a 1\n# EOF\n', new AbortController().signal);
};

test('a run replaces what the gateway has of the one before, below whatever path it stands at', async t => {
  const {url, took} = await gateway(t, 200);
  await sent(url);
  await sent(`${url}/push`);
  t.deepEqual(
    took.map(({request: {method, url: path}, body}) => [method, path, body]),
    [
      ['PUT', '/metrics/job/kubectl-win-net', 'a 1\n# EOF\n'],
      ['PUT', '/push/metrics/job/kubectl-win-net', 'a 1\n# EOF\n'],
    ],
  );
});

test('a gateway that does not take it is named, with what it says', async t => {
  const {url} = await gateway(t, 400);
  await t.throwsAsync(sent(url), {
    message: /^127\.0\.0\.1:\d+ took no metrics: HTTP 400: pushed metrics are invalid$/,
  });
  await t.throwsAsync(sent('http://127.0.0.1:1'), {message: /took no metrics: .*ECONNREFUSED|bad port/});
});

test('what is no URL of HTTP is no gateway', t => {
  for (const wrong of ['pushgateway:9091', 'ftp://a/', 'nothing'])
    t.throws(() => gatewayOf(wrong, 'job'), {message: /is no URL$/});
  t.is(gatewayOf(undefined, 'job'), undefined);
});
