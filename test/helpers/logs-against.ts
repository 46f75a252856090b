import {writeFileSync} from 'node:fs';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {tempDir} from './archives.ts';
import type {Run} from './cli.ts';
import {win} from './cli.ts';

/** What `logs` makes of the words of an API server, over real HTTP. */
export async function logsAgainst(
  t: ExecutionContext,
  answer: (url: URL, response: ServerResponse) => void,
  args: readonly string[],
): Promise<Run> {
  const server = createServer((request: IncomingMessage, response) =>
    answer(new URL(request.url ?? '', 'http://api'), response),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  // A server that listens on TCP has this form of address.
  const {port} = server.address() as AddressInfo;
  const config = join(tempDir(t), 'config');
  writeFileSync(
    config,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{name: 'a', cluster: {server: `http://127.0.0.1:${port}`}}],
      users: [{name: 'a', user: {}}],
      contexts: [{name: 'a', context: {cluster: 'a', user: 'a'}}],
      'current-context': 'a',
    }),
  );
  return win(['logs', ...args, '--kubeconfig', config]);
}
