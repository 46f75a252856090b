import test from 'ava';
import {loadCapture} from '../../../src/capture/load.ts';
import {recognize} from '../../../src/capture/recognize.ts';
import {RESOURCES} from '../../../src/kube/resources.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {seenOn} from '../../helpers/seen-on.ts';

const COLLECTLOGS = ['network.txt', 'endpoint.txt', 'policy.txt', 'hnsdiag.txt', 'vfpOutput.txt', 'ip.txt'];

const CASES: Record<string, {paths: string[]; layout: string; root: string}> = {
  'our bundle in its directory': {
    paths: ['b/version.yaml', 'b/kubectl-win/manifest.json', 'b/cluster-resources/nodes.json'],
    layout: 'kubectl-win',
    root: 'b/',
  },
  'troubleshoot in two directories': {
    paths: ['x/support-bundle-1/version.yaml', 'x/support-bundle-1/cluster-resources/pods/a.json'],
    layout: 'troubleshoot',
    root: 'x/support-bundle-1/',
  },
  'a must-gather': {
    paths: ['m/quay-sha256-1/version', 'm/quay-sha256-1/cluster-scoped-resources/core/nodes/a.yaml'],
    layout: 'must-gather',
    root: 'm/quay-sha256-1/',
  },
  'an inspect of one namespace': {
    paths: ['inspect.local.1/namespaces/shop/shop.yaml', 'inspect.local.1/namespaces/shop/core/pods.yaml'],
    layout: 'must-gather',
    root: 'inspect.local.1/',
  },
  'a cluster-info dump': {
    paths: ['nodes.json', 'default/pods.json', 'default/replication-controllers.json'],
    layout: 'cluster-info-dump',
    root: '',
  },
  'a cluster-info dump in YAML, in a directory': {
    paths: ['d/nodes.yaml', 'd/default/pods.yaml', 'd/default/replication-controllers.yaml'],
    layout: 'cluster-info-dump',
    root: 'd/',
  },
  'a folder of collectlogs.ps1': {
    paths: COLLECTLOGS.map(n => `abc123.xyz/${n}`),
    layout: 'ms-collectlogs',
    root: '',
  },
  "an archive of AKS's script, which has collectlogs in it": {
    paths: [
      ...COLLECTLOGS,
      'kubeclusterconfig.json',
      '10-azure.conflist',
      'azure-vnet.json',
      '20260901-120000_services.csv',
      '20260901-120000-cri-containerd-pods.txt',
    ],
    layout: 'aks-windows-logs',
    root: '',
  },
  "an archive of EKS's collector": {
    paths: [
      'system/sysinfo',
      'system/system-eventlogs.csv',
      'system/network/hns/network.txt',
      'system/network/hns/endpoint.txt',
      'system/kubelet/kubelet-service.csv',
    ],
    layout: 'eks-windows-logs',
    root: '',
  },
  'loose objects': {paths: ['nodes.json', 'default/pods.json'], layout: 'objects', root: ''},
  'a few common names': {paths: ['ip.txt', 'routes.txt', 'ports.txt', 'x.yaml'], layout: 'objects', root: ''},
};

for (const [title, {paths, layout, root}] of Object.entries(CASES)) {
  test(`${title} is recognised`, t => {
    const found = recognize(paths);
    t.deepEqual({layout: found.layout.id, root: found.root}, {layout, root});
  });
}

test("a Windows collector's archive holds no API objects, and says so", async t => {
  const files = filesOf(Object.fromEntries(COLLECTLOGS.map(name => [name, 'text'])));
  const {snapshot, layout} = await loadCapture(files, {fallbackTime: '2026-01-01T00:00:00Z'});
  t.is(layout, 'ms-collectlogs');
  t.is(snapshot.now, '2026-01-01T00:00:00Z');
  const gap = {
    ok: false,
    reason: 'unsupported',
    detail: 'a folder of collectlogs.ps1 holds the state of one node and no API objects',
  };
  for (const {key} of RESOURCES) {
    const evidence = evidenceOf(snapshot, key);
    if (key === 'nodes') t.like(evidence, {ok: true, value: {0: {metadata: {name: 'node'}}}, partial: gap});
    else t.like(evidence, gap);
  }
  t.like(seenOn(snapshot, 'node.services', 'node'), {ok: false, reason: 'unsupported'});
  t.like(seenOn(snapshot, 'node.hns.networks', 'node'), {ok: false, reason: 'failed'});
});

test('long paths with the marks of a layout cost no time', t => {
  const paths = Array.from({length: 2000}, (_, i) => `${'a/'.repeat(2000)}replication-controllers.x${i}`);
  const began = performance.now();
  t.is(recognize(paths).layout.id, 'objects');
  t.true(performance.now() - began < 3000);
});
