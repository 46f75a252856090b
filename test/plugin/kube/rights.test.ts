import test from 'ava';
import {UserError} from '../../../plugin/errors.ts';
import {ExternalError} from '../../../plugin/errors.ts';
import type {Fault, Seen} from './api-double.ts';
import {json, resourceAt, status} from './api-double.ts';
import {byText, collect, double, seen} from './live.ts';

/** What a user may list: `plural` in a namespace, or `plural` alone cluster-wide. */
type Right = (plural: string, namespace: string | undefined, seen: Seen) => boolean;

/** A server that keeps to these rights; reviews answer with `rules`, or not at all where there are none. */
function limited(may: Right, rules?: object[]): Fault {
  return (seen, response) => {
    if (seen.path.includes('selfsubjectrulesreviews')) {
      if (rules) json(response, 201, {status: {incomplete: false, resourceRules: rules}});
      else status(response, 403, 'Forbidden', 'no reviews');
      return true;
    }
    const at = resourceAt(seen.path);
    if (!at || may(at.resource.plural, at.namespace, seen)) return false;
    status(response, 403, 'Forbidden', `cannot list resource "${at.resource.plural}"`);
    return true;
  };
}

const podsInTwoNamespaces: Right = (plural, namespace) =>
  plural === 'namespaces' || (plural === 'pods' && (namespace === 'shop' || namespace === 'kube-system'));

const oneConfigMap: Right = (plural, _, {query}) =>
  plural !== 'configmaps' || query.get('fieldSelector') === 'metadata.name=kube-flannel-cfg';

test('a denied list is missing, and names the rule that would give it', async t => {
  const api = await double(
    t,
    limited(plural => plural !== 'nodes' && plural !== 'runtimeclasses'),
  );
  const live = await collect(api);
  t.deepEqual(seen(live, 'nodes'), {
    count: 0,
    gap: 'denied: needs verb list on resource nodes (apiGroup ""), cluster-wide',
  });
  t.is(
    seen(live, 'runtimeClasses').gap,
    'denied: needs verb list on resource runtimeclasses (apiGroup "node.k8s.io"), cluster-wide',
  );
  t.is(seen(live, 'pods').gap, '');
});

test('where namespaces may be listed, each of them that may be read is read', async t => {
  const api = await double(t, limited(podsInTwoNamespaces));
  const live = await collect(api);
  t.deepEqual(seen(live, 'pods'), {
    count: 6,
    gap: 'denied: only namespaces kube-system, shop could be read; needs verb list on resource pods (apiGroup ""), cluster-wide',
  });
});

test('what is readable in every namespace is whole, though it is denied cluster-wide', async t => {
  const api = await double(
    t,
    limited((plural, namespace) => plural !== 'services' || namespace !== undefined),
  );
  t.deepEqual(seen(await collect(api), 'services'), {count: 2, gap: ''});
});

test("without namespaces, the context's own is tried", async t => {
  const api = await double(
    t,
    limited((_, namespace) => namespace === 'shop'),
  );
  const live = await collect(api, {access: api.access({namespace: 'shop'})});
  t.deepEqual(seen(live, 'pods'), {
    count: 2,
    gap: 'denied: only namespace shop could be read; needs verb list on resource pods (apiGroup ""), cluster-wide',
  });
  t.is(
    seen(live, 'leases').gap,
    'denied: needs verb list on resource leases (apiGroup "coordination.k8s.io"), in namespace kube-node-lease',
  );
});

test('a rules review saves the requests that would be denied', async t => {
  const rules = [{verbs: ['list'], apiGroups: [''], resources: ['pods', 'services']}];
  const api = await double(
    t,
    limited(
      (plural, namespace) => plural === 'namespaces' || (namespace === 'shop' && plural === 'pods'),
      rules,
    ),
  );
  const live = await collect(api);
  t.is(seen(live, 'pods').count, 2);
  const byNamespace = new Set(
    api
      .paths()
      .filter(p => p.includes('/namespaces/') && !p.includes('kube-node-lease'))
      .map(p => p.split('/').at(-1)),
  );
  t.deepEqual([...byNamespace].toSorted(byText), ['pods', 'services']);
});

test('a right to one ConfigMap by name is used, the others are named', async t => {
  const live = await collect(await double(t, limited(oneConfigMap)));
  const {count, gap} = seen(live, 'configMaps');
  t.is(count, 1);
  t.regex(gap, /resourceNames coredns, kube-proxy, kube-proxy-windows, kubelet-config\), cluster-wide$/);
});

test('no right to read anything is an error with exit code 3', async t => {
  const error = await t.throwsAsync(
    collect(
      await double(
        t,
        limited(() => false),
      ),
    ),
    {instanceOf: UserError},
  );
  t.is(error?.message, 'this user may read nothing of double that is of use');
  t.is(error?.exitCode, 3);
  t.true(error?.fix[0]?.startsWith('kubectl auth can-i'));
});

test('refused credentials are one clear error', async t => {
  const api = await double(t, (_, r) => {
    status(r, 401, 'Unauthorized', 'Unauthorized');
    return true;
  });
  const error = await t.throwsAsync(collect(api), {instanceOf: ExternalError});
  t.is(
    error?.message,
    `the API server ${api.url} refuses these credentials (401): they are wrong or have expired`,
  );
  t.is(error?.exitCode, 3);
});

test('credentials that expire in the middle end the run, too', async t => {
  const api = await double(t, ({path}, r) => {
    if (path !== '/api/v1/pods') return false;
    status(r, 401, 'Unauthorized', 'Unauthorized');
    return true;
  });
  t.is((await t.throwsAsync(collect(api), {instanceOf: ExternalError}))?.code, 'unauthorized');
});

test('whom to impersonate is sent with every request: user, uid, all groups, extra fields', async t => {
  const api = await double(t);
  const impersonate = {
    user: 'jane',
    uid: '42',
    groups: ['dev', 'ops'],
    extra: {'example.org/Team': ['a', 'b']},
  };
  await collect(api, {access: api.access({impersonate}), keys: new Set(['nodes'] as const)});
  for (const {headers} of api.seen) {
    t.is(headers['impersonate-user'], 'jane');
    t.is(headers['impersonate-uid'], '42');
    t.is(headers['impersonate-group'], 'dev, ops');
    t.is(headers['impersonate-extra-example.org%2fteam'], 'a, b');
  }
});
