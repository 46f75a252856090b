import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {configCollector} from '../../../agent/cri/config.ts';
import {findConfigs} from '../../../agent/cri/config-files.ts';
import {CollectError} from '../../../agent/collect/collector.ts';
import {tempDir, writeTree} from '../../helpers/archives.ts';

/** A node with these files, and containerd started with one of them. */
function node(t: ExecutionContext, files: Record<string, string>, config?: string) {
  const root = writeTree(tempDir(t), new Map(Object.entries(files)));
  return {
    root,
    ports: {
      os: 'linux' as const,
      root,
      commandLine: async () => (config === undefined ? undefined : `/usr/bin/containerd --config ${config}`),
    },
  };
}

async function collected(ports: ReturnType<typeof node>['ports']) {
  const files = [];
  for await (const file of configCollector(ports).collect({signal: new AbortController().signal}))
    files.push(file);
  return files;
}

test('the configuration is where the service says, else where a distribution puts it', async t => {
  const files = {'etc/containerd/config.toml': 'version = 2', 'opt/c.toml': 'version = 3'};
  t.like((await findConfigs(node(t, files).ports)).files, [{path: '/etc/containerd/config.toml'}]);
  t.like((await findConfigs(node(t, files, '/opt/c.toml').ports)).files, [
    {path: '/opt/c.toml', text: 'version = 3'},
  ]);
  const rke2 = '/var/lib/rancher/rke2/agent/etc/containerd/config.toml';
  t.like((await findConfigs(node(t, {[rke2.slice(1)]: ''}).ports)).files, [{path: rke2}]);
});

test('a service that names a file which is not there is told so, whatever else lies about', async t => {
  const {ports} = node(t, {'etc/containerd/config.toml': ''}, '/opt/gone.toml');
  const error = await t.throwsAsync(findConfigs(ports), {instanceOf: CollectError});
  t.is(error.message, 'containerd has no configuration: none of /opt/gone.toml is there');
});

test('imported files come in containerd’s order, a circle ends, and their names tell the order', async t => {
  const {ports} = node(t, {
    'etc/containerd/config.toml': 'imports = ["conf.d/*.toml", "/etc/containerd/last.toml", "gone.toml"]',
    'etc/containerd/conf.d/20-b.toml': 'version = 2',
    'etc/containerd/conf.d/10-a.toml': 'imports = ["../config.toml", "../nested.toml"]',
    'etc/containerd/conf.d/readme.md': 'none',
    'etc/containerd/last.toml': '',
    'etc/containerd/nested.toml': '',
  });
  t.deepEqual(
    (await collected(ports)).map(file => [file.file, file.source, 'body' in file]),
    [
      ['cri/config.toml', '/etc/containerd/config.toml', true],
      ['cri/config/01-10-a.toml', '/etc/containerd/conf.d/10-a.toml', true],
      ['cri/config/02-20-b.toml', '/etc/containerd/conf.d/20-b.toml', true],
      ['cri/config/03-last.toml', '/etc/containerd/last.toml', true],
      ['cri/config/04-nested.toml', '/etc/containerd/nested.toml', true],
      ['cri/config/05-gone.toml', '/etc/containerd/gone.toml', false],
    ],
  );
});

test('an import outside of containerd’s folders and a link out of them are refused', async t => {
  const {ports, root} = node(t, {
    'etc/containerd/config.toml': 'imports = ["/etc/shadow", "../../root/*", "link.toml"]',
    'etc/shadow': 'hunter2',
    'root/key.toml': 'hunter2',
  });
  symlinkSync(join(root, 'etc/shadow'), join(root, 'etc/containerd/link.toml'));
  const files = await collected(ports);
  t.false(JSON.stringify(files).includes('hunter2'));
  t.deepEqual(
    files.flatMap(file => ('missing' in file ? [file.missing.reason] : [])),
    ['denied', 'denied', 'denied'],
  );
});

test('credentials do not leave the node', async t => {
  const {ports} = node(t, {'etc/containerd/config.toml': '[a.auth]\npassword = "hunter2"\n'});
  t.like(await collected(ports), [{body: '[a.auth]\npassword = "[redacted]"\n'}]);
});

test('a folder in place of the file is refused', async t => {
  const {ports, root} = node(t, {});
  mkdirSync(join(root, 'etc/containerd/config.toml'), {recursive: true});
  writeFileSync(join(root, 'x'), '');
  await t.throwsAsync(findConfigs(ports), {instanceOf: CollectError});
});
