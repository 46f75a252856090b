import test from 'ava';
import {json} from './api-double.ts';
import {collect, double, seen} from './live.ts';

const aggregated = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: {name: 'windows.k8s.io'},
      versions: [
        {
          version: 'v1',
          resources: [{resource: 'gmsacredentialspecs', responseKind: {kind: 'GMSACredentialSpec'}}],
        },
      ],
    },
    {metadata: {name: 'security.istio.io'}, versions: [{version: 'v1beta1', resources: []}]},
  ],
};

test('a custom resource is asked for where discovery has it in that version, and only there', async t => {
  const api = await double(t, ({path}, response) => {
    if (path !== '/apis') return false;
    json(response, 200, aggregated);
    return true;
  });
  const live = await collect(api);
  t.true(api.paths().includes('/apis/windows.k8s.io/v1/gmsacredentialspecs'));
  t.false(api.paths().some(p => p.includes('istio')));
  t.deepEqual(seen(live, 'peerAuthentications'), {count: 0, gap: ''});
});

test('definitions are completed from discovery where only their metadata comes', async t => {
  const api = await double(t, ({path, headers}, response) => {
    if (path === '/apis') {
      json(response, 200, aggregated);
      return true;
    }
    if (!path.endsWith('customresourcedefinitions')) return false;
    t.regex(headers.accept ?? '', /PartialObjectMetadataList/);
    const names = ['gmsacredentialspecs.windows.k8s.io', 'things.example.org'];
    json(response, 200, {items: names.map(name => ({metadata: {name}}))});
    return true;
  });
  const {customResourceDefinitions: found} = (await collect(api)).evidence;
  t.deepEqual(found?.ok && found.value.map(d => d.spec), [
    {
      group: 'windows.k8s.io',
      names: {plural: 'gmsacredentialspecs', kind: 'GMSACredentialSpec'},
      versions: [{name: 'v1', served: true}],
    },
    {group: 'example.org', names: {plural: 'things'}, versions: []},
  ]);
});

test('where discovery is denied, custom resources are tried out, and a 404 means that there are none', async t => {
  const api = await double(t, ({path}, response) => {
    if (path !== '/apis') return false;
    json(response, 403, {kind: 'Status', message: 'no', code: 403});
    return true;
  });
  const fourOhFour = await collect(api, {keys: new Set(['nodes', 'calicoIpPools'] as const)});
  t.deepEqual(seen(fourOhFour, 'calicoIpPools'), {count: 0, gap: ''});
});
