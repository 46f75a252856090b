import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {advisoriesOf} from '../../../scripts/release/advisories.ts';

// What npm works out of an advisory it keeps: not among what is known on this machine.
const cache = mkdtempSync(join(tmpdir(), 'npm-cache-'));
process.env['npm_config_cache'] = cache;
test.after.always(() => rmSync(cache, {recursive: true, force: true}));

const root = join(import.meta.dirname, '../../..');

/** The address of a registry that knows this of packages, or of one that tells nobody. */
async function registry(t: ExecutionContext, advisories: object | undefined): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const isAsked = request.url?.endsWith('/security/advisories/bulk');
    const status = isAsked ? (advisories ? 200 : 405) : 404;
    response.writeHead(status, {'content-type': 'application/json'});
    response.end(isAsked ? JSON.stringify(advisories ?? '') : '{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  // It listens on a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const against = (severity: string, id: number) => ({
  ws: [{id, url: 'https://example.test/1', title: 'An invented hole', severity, vulnerable_versions: '<999'}],
});

test('a package with a known hole is named, and so are those that need it', async t => {
  const known = await advisoriesOf(root, await registry(t, against('critical', 1)));
  t.true('found' in known);
  const found = 'found' in known ? known.found : [];
  t.deepEqual(
    found.filter(({name}) => name === 'ws'),
    [{name: 'ws', severity: 'critical', because: 'An invented hole (https://example.test/1)'}],
  );
  t.true(found.some(({name, because}) => name === '@kubernetes/client-node' && because.includes('ws')));
});

test('what is known and less than high holds nothing up', async t => {
  t.deepEqual(await advisoriesOf(root, await registry(t, against('moderate', 2))), {found: []});
});

test('a registry that tells nothing is no clean bill', async t => {
  t.deepEqual(await advisoriesOf(root, await registry(t, undefined)), {unknown: '405 Method Not Allowed'});
});
