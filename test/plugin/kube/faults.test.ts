import test from 'ava';
import {UserError} from '../../../plugin/errors.ts';
import {ConnectionError} from '../../../plugin/kube/api-error.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Fault} from './api-double.ts';
import {json, status} from './api-double.ts';
import {PatientClock, collect, double, manyPods, seen} from './live.ts';

const PODS = '/api/v1/pods';
const objects = [...healthy().objects, ...manyPods(1200)];
const allPods = objects.filter(o => o.kind === 'Pod').length;

/** Does something to the nth request for pods only. */
function atPods(nth: number, act: (response: Parameters<Fault>[1]) => void): Fault {
  return ({path}, response, count) => {
    if (path !== PODS || count !== nth) return false;
    act(response);
    return true;
  };
}

test('a server that is busy (429) is asked again after the time that it names', async t => {
  const clock = new PatientClock();
  const api = await double(
    t,
    atPods(2, r => status(r, 429, 'TooManyRequests', 'slow down', {headers: {'retry-after': '3'}})),
    objects,
  );
  t.deepEqual(seen(await collect(api, {clock}), 'pods'), {count: allPods, gap: ''});
  t.deepEqual(clock.waits, [3000]);
});

test('a server that wants more patience than half a minute leaves a gap', async t => {
  const clock = new PatientClock();
  const api = await double(t, ({path}, r) => {
    if (path !== PODS) return false;
    status(r, 429, 'TooManyRequests', 'slow down', {headers: {'retry-after': '600'}});
    return true;
  });
  const pods = seen(await collect(api, {clock}), 'pods');
  t.regex(pods.gap, /^failed: GET \/api\/v1\/pods.*HTTP 429: slow down/);
  t.deepEqual(clock.waits, []);
});

test('one 500 is tried again, after a pause', async t => {
  const clock = new PatientClock();
  const api = await double(
    t,
    atPods(1, r => status(r, 500, 'InternalError', 'etcd is away')),
    objects,
  );
  t.deepEqual(seen(await collect(api, {clock}), 'pods'), {count: allPods, gap: ''});
  t.deepEqual(clock.waits, [250]);
});

test('a list that only ever answers 500 is missing after four tries, the rest is there', async t => {
  const api = await double(t, ({path}, r) => {
    if (path !== PODS) return false;
    status(r, 500, 'InternalError', 'etcd is away');
    return true;
  });
  const live = await collect(api);
  t.regex(seen(live, 'pods').gap, /^failed: .*HTTP 500: etcd is away$/);
  t.is(api.paths().filter(p => p === PODS).length, 4);
  t.deepEqual(seen(live, 'nodes'), {count: 3, gap: ''});
});

test('a connection that is cut in the middle of a list is made anew', async t => {
  const cut = atPods(2, r => {
    r.writeHead(200, {'content-type': 'application/json', 'content-length': '100000'});
    r.write('{"kind":"PodList","items":[');
    setTimeout(() => r.destroy(), 20);
  });
  const api = await double(t, cut, objects);
  t.deepEqual(seen(await collect(api), 'pods'), {count: allPods, gap: ''});
});

test('a connection that is always cut leaves what came before, marked as a part', async t => {
  const api = await double(
    t,
    ({path}, r, nth) => {
      if (path !== PODS || nth === 1) return false;
      r.destroy();
      return true;
    },
    objects,
  );
  const pods = seen(await collect(api), 'pods');
  t.is(pods.count, 500);
  t.regex(pods.gap, /^failed: only the first 500 pods were read: the connection to .* was cut$/);
});

test('an expired token (410) is replaced by the one that comes with it', async t => {
  const expired = atPods(2, r => status(r, 410, 'Expired', 'too old', {metadata: {continue: '500'}}));
  const api = await double(t, expired, objects);
  t.deepEqual(seen(await collect(api), 'pods'), {count: allPods, gap: ''});
});

test('an expired token without another begins the list again, and no pod counts twice', async t => {
  const api = await double(
    t,
    atPods(2, r => status(r, 410, 'Expired', 'too old')),
    objects,
  );
  t.deepEqual(seen(await collect(api), 'pods'), {count: allPods, gap: ''});
});

test('a list whose tokens always expire is kept in part', async t => {
  const api = await double(
    t,
    ({path}, r, nth) => {
      if (path !== PODS || nth === 1) return false;
      status(r, 410, 'Expired', 'too old');
      return true;
    },
    objects,
  );
  const pods = seen(await collect(api), 'pods');
  t.is(pods.count, 500);
  t.regex(pods.gap, /^failed: only the first 500 pods were read: .*HTTP 410/);
});

test('an answer that is no JSON costs its own list only', async t => {
  const api = await double(
    t,
    atPods(1, r => r.writeHead(200).end('<html>Sign in</html>')),
  );
  const live = await collect(api);
  t.is(seen(live, 'pods').gap, 'failed: the answer to GET /api/v1/pods is no JSON object');
  t.is(seen(live, 'nodes').count, 3);
});

test('a damaged gzip body is a gap', async t => {
  const api = await double(
    t,
    atPods(1, r => r.writeHead(200, {'content-encoding': 'gzip'}).end('no gzip')),
  );
  t.is(seen(await collect(api), 'pods').gap, 'failed: the API server sent a damaged gzip body');
});

test('a server that is slower than --request-timeout leaves a timeout', async t => {
  const api = await double(t, ({path}) => path === PODS);
  const live = await collect(api, {access: api.access({requestTimeoutMs: 1500})});
  t.regex(seen(live, 'pods').gap, /^timeout: .*took longer than 1500 ms/);
});

test('a page of a proxy in place of the API is one clear error', async t => {
  const api = await double(t, (_, r) => {
    r.writeHead(200, {'content-type': 'text/html'}).end('<html>\nSign in\n</html>');
    return true;
  });
  const error = await t.throwsAsync(collect(api), {instanceOf: ConnectionError});
  t.is(error?.message, 'the answer to GET /version is no JSON object');
  t.is(error?.exitCode, 3);
});

test('a server that fails every list is an error that says how', async t => {
  const api = await double(t, ({path}, r) => {
    if (path === '/version') return false;
    status(r, 503, 'ServiceUnavailable', 'not ready');
    return true;
  });
  const error = await t.throwsAsync(collect(api), {instanceOf: UserError});
  t.regex(
    error?.message ?? '',
    /^nothing could be read from double: GET \/api\/v1\/nodes.*HTTP 503: not ready$/,
  );
});

test('nothing listening is one line with the address', async t => {
  const api = await double(t);
  const access = api.access();
  await api.stop();
  const started = performance.now();
  const error = await t.throwsAsync(collect(api, {access}), {instanceOf: ConnectionError});
  t.is(error?.message, `nothing listens at ${access.server} (connection refused)`);
  t.true(performance.now() - started < 1000);
});

test('a name that does not resolve is said to be that', async t => {
  const api = await double(t);
  const access = api.access({server: 'https://no-such-host.invalid:6443'});
  const error = await t.throwsAsync(collect(api, {access}), {instanceOf: ConnectionError});
  t.regex(error?.message ?? '', /^the API server's name no-such-host\.invalid does not resolve/);
});

test('https to a port that speaks http is said to be that', async t => {
  const api = await double(t);
  const access = api.access({server: api.url.replace('http:', 'https:')});
  const error = await t.throwsAsync(collect(api, {access}), {instanceOf: ConnectionError});
  t.is(error?.message, `${access.server} does not speak TLS`);
});

test('an object with an unknown version of its fields is read as far as it fits', async t => {
  const api = await double(t, ({path}, r) => {
    if (path !== '/api/v1/nodes') return false;
    json(r, 200, {items: [{metadata: {name: 'future'}, spec: {taints: 'none'}, status: {nodeInfo: []}}]});
    return true;
  });
  t.deepEqual(seen(await collect(api), 'nodes'), {count: 1, gap: ''});
});
