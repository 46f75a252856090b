import http from 'node:http';
import type {AddressInfo} from 'node:net';
import net from 'node:net';
import type {Duplex} from 'node:stream';
import test from 'ava';
import {proxyFor} from '../../../plugin/kube/proxy.ts';
import {collect, double, seen} from './live.ts';

const SERVER = 'https://api.prod.example.org:6443';
const ENV = {HTTPS_PROXY: 'http://proxy:3128', HTTP_PROXY: 'plain:8080'};

test('the proxy of the kubeconfig counts before the environment', t => {
  t.is(proxyFor(SERVER, 'socks5://mine:1080', ENV), 'socks5://mine:1080');
});

test('the environment names the proxy by scheme', t => {
  t.is(proxyFor(SERVER, undefined, ENV), 'http://proxy:3128');
  t.is(proxyFor('http://api.example.org', undefined, ENV), 'http://plain:8080');
  t.is(proxyFor(SERVER, undefined, {https_proxy: 'lower:1'}), 'http://lower:1');
  t.is(proxyFor(SERVER, undefined, {}), undefined);
});

test('this machine is never asked through a proxy', t => {
  for (const host of ['localhost', '127.0.0.1', '127.8.8.8', '[::1]']) {
    t.is(proxyFor(`https://${host}:6443`, undefined, ENV), undefined, host);
  }
});

/** Servers, `NO_PROXY`, and whether that excludes them. */
const EXCLUSIONS: readonly (readonly [server: string, noProxy: string, isExcluded: boolean])[] = [
  [SERVER, 'example.org', true],
  [SERVER, '.example.org', true],
  [SERVER, 'other.org, api.prod.example.org', true],
  [SERVER, 'api.prod.example.org:6443', true],
  [SERVER, 'api.prod.example.org:443', false],
  [SERVER, 'xample.org', false],
  ['https://example.org', '.example.org', false],
  [SERVER, '*', true],
  ['https://10.1.2.3:6443', '10.0.0.0/8', true],
  ['https://10.1.2.3:6443', '10.2.0.0/16', false],
  ['https://10.1.2.3:6443', '10.1.2.3', true],
];

for (const [server, noProxy, isExcluded] of EXCLUSIONS) {
  test(`NO_PROXY ${noProxy} ${isExcluded ? 'excludes' : 'does not exclude'} ${server}`, t => {
    t.is(proxyFor(server, undefined, {...ENV, NO_PROXY: noProxy}) === undefined, isExcluded);
  });
}

test('a cluster behind a proxy is read through it', async t => {
  const api = await double(t);
  const tunnels: string[] = [];
  const proxy = http.createServer().on('connect', ({url = ''}, socket: Duplex) => {
    tunnels.push(url);
    const [host, port] = url.split(':');
    const onward = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  t.teardown(() => proxy.close());
  // A server that listens on TCP has this form of address.
  const {port} = proxy.address() as AddressInfo;
  const cluster = {'proxy-url': `http://127.0.0.1:${port}`};
  const live = await collect(api, {access: api.access({cluster})});
  t.deepEqual(seen(live, 'nodes'), {count: 3, gap: ''});
  t.true(tunnels.length > 0);
  t.true(tunnels.every(url => api.url.endsWith(url)));
  t.true(api.seen.every(s => s.headers.authorization === 'Bearer invented'));
});
