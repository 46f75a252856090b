import {symlinkSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {cniCollector} from '../../../agent/cni/collector.ts';
import {CollectError} from '../../../agent/collect/collector.ts';
import type {CollectedFile, MissingFile} from '../../../agent/collect/collector.ts';
import {tempDir, writeTree} from '../../helpers/archives.ts';

const FLANNEL = '{"name": "cbr0", "plugins": [{"type": "flannel"}]}';

async function collect(root: string): Promise<Map<string, CollectedFile & MissingFile>> {
  const files = new Map<string, CollectedFile & MissingFile>();
  const collector = cniCollector({os: 'linux', root, commandLine: async () => undefined});
  for await (const file of collector.collect({signal: new AbortController().signal})) {
    files.set(file.file, file as CollectedFile & MissingFile); // One of both; read by what it has.
  }
  return files;
}

const node = (t: ExecutionContext, files: Record<string, string>) =>
  writeTree(tempDir(t), new Map(Object.entries(files)));

test('configurations come to the letter, in libcni’s order, and programs with their size', async t => {
  const files = await collect(
    node(t, {
      'etc/cni/net.d/20-other.conf': '{"name": "b", "type": "bridge"}',
      'etc/cni/net.d/10-flannel.conflist': FLANNEL,
      'etc/cni/net.d/calico-kubeconfig': 'hunter2',
      'opt/cni/bin/flannel': 'program',
    }),
  );
  t.deepEqual([...files.keys()], ['cni/10-flannel.conflist', 'cni/20-other.conf', 'cni/bin.json']);
  t.is(files.get('cni/10-flannel.conflist')?.body, FLANNEL);
  t.like(JSON.parse(files.get('cni/bin.json')?.body ?? ''), [
    {name: 'flannel', folder: '/opt/cni/bin', size: 7},
  ]);
});

test('the folders that containerd’s own configuration names come first', async t => {
  const files = await collect(
    node(t, {
      'etc/containerd/config.toml': '[plugins.cri.cni]\nconf_dir = "/srv/cni"\nbin_dir = "/srv/bin"\n',
      'srv/cni/05-own.conflist': FLANNEL,
      'srv/bin/own': '',
      'etc/cni/net.d/05-own.conflist': '{"name": "old", "type": "bridge"}',
    }),
  );
  t.is(files.get('cni/05-own.conflist')?.source, '/srv/cni/05-own.conflist');
  t.is(files.get('cni/05-own-2.conflist')?.source, '/etc/cni/net.d/05-own.conflist');
  t.regex(files.get('cni/bin.json')?.body ?? '', /"own"/);
});

test('a link out of the folder is refused, and the other files still come', async t => {
  const root = node(t, {'etc/secret.conf': 'hunter2', 'etc/cni/net.d/10-a.conf': FLANNEL});
  symlinkSync(join(root, 'etc/secret.conf'), join(root, 'etc/cni/net.d/00-link.conf'));
  const files = await collect(root);
  t.is(files.get('cni/00-link.conf')?.missing.reason, 'denied');
  t.is(files.get('cni/10-a.conf')?.body, FLANNEL);
  t.false(JSON.stringify([...files.values()]).includes('hunter2'));
});

test('a node without any configuration is told where it was looked for', async t => {
  const error = await t.throwsAsync(collect(node(t, {})), {instanceOf: CollectError});
  t.regex(error.message, /^no CNI configuration lies in any of \/etc\/cni\/net\.d/);
});
