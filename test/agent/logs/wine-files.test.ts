import {execFileSync} from 'node:child_process';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {insidePath, packagedExe, runExe, startExe, winePrefix} from '../../helpers/wine.ts';
import type {WinePrefix} from '../../helpers/wine.ts';

function put(prefix: WinePrefix, path: string, contents: string | Uint8Array): void {
  writeFileSync(insidePath(prefix, path), contents);
}

/** What the packaged agent collects of the logs, by key. */
async function collect(t: ExecutionContext, prefix: WinePrefix): Promise<Map<string, CollectorLine>> {
  const {code, stdout, stderr} = await runExe(prefix, [
    'snapshot',
    '--collectors',
    'logs',
    '--node-name',
    'win-1',
  ]);
  t.is(code, 0, stderr);
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as CollectorLine)
      .map(line => [line.key, line]),
  );
}

const bodyOf = (line: CollectorLine | undefined): string =>
  line?.ok === true ? line.body : `missing: ${line?.detail}`;

test('logs of every distribution are found where it puts them', async t => {
  const prefix = await winePrefix(t);
  put(prefix, 'C:\\k\\kubelet.err.log', 'AKS\r\n');
  put(prefix, 'C:\\ProgramData\\Amazon\\EKS\\logs\\vpc-bridge.log', 'EKS\n');
  put(prefix, 'C:\\etc\\kubernetes\\logs\\kube-proxy.log', 'GKE\n');
  put(prefix, 'C:\\var\\log\\containerd\\containerd.log', 'CAPZ\n');
  put(prefix, 'C:\\var\\log\\hybrid-overlay\\hybrid-overlay.log', 'OpenShift\n');
  put(prefix, 'C:\\var\\lib\\rancher\\rke2\\logs\\flanneld.log', 'RKE2\n');
  const lines = await collect(t, prefix);
  t.is(bodyOf(lines.get('logs.kubelet.kubelet.err')), 'AKS\n');
  t.is(bodyOf(lines.get('logs.eks-node.vpc-bridge')), 'EKS\n');
  t.is(bodyOf(lines.get('logs.kube-proxy.kube-proxy')), 'GKE\n');
  t.is(bodyOf(lines.get('logs.containerd.containerd')), 'CAPZ\n');
  t.is(bodyOf(lines.get('logs.hybrid-overlay.hybrid-overlay')), 'OpenShift\n');
  t.is(bodyOf(lines.get('logs.cni.flanneld')), 'RKE2\n');
});

test('UTF-8, UTF-16 and the code page of consoles all become UTF-8', async t => {
  const prefix = await winePrefix(t);
  put(prefix, 'C:\\k\\kubelet.log', 'läuft\r\n');
  put(prefix, 'C:\\k\\hnsremediator.log', Buffer.from('\uFEFFläuft\r\n', 'utf16le'));
  put(prefix, 'C:\\k\\windowsnodereset.log', Buffer.from([0x6c, 0x84, 0x75, 0x66, 0x74, 0x0d, 0x0a]));
  const lines = await collect(t, prefix);
  for (const key of ['kubelet.kubelet', 'hns-remediator.hnsremediator', 'node-reset.windowsnodereset'])
    t.is(bodyOf(lines.get(`logs.${key}`)), 'läuft\n', key);
});

test('a log that its writer holds open is read; one that a program shares with nobody is named', async t => {
  const prefix = await winePrefix(t);
  put(prefix, 'C:\\k\\kubelet.err.log', '');
  put(prefix, 'C:\\k\\containerd.err.log', '');
  const exe = await packagedExe('test/agent/programs/hold-files.ts');
  const holder = await startExe(prefix, ['C:\\k\\kubelet.err.log', 'C:\\k\\containerd.err.log'], {exe});
  await new Promise(resolve => holder.stdout.once('data', resolve));
  const lines = await collect(t, prefix);
  await holder.stop();
  t.is(bodyOf(lines.get('logs.kubelet.kubelet.err')), 'held open\n');
  t.like(lines.get('logs.containerd.containerd.err'), {
    ok: false,
    reason: 'failed',
    detail: 'C:\\k\\containerd.err.log is open in another program that shares it with nobody',
  });
});

test('a log that is a link or that a hard link leads out of its folder is refused', async t => {
  const prefix = await winePrefix(t);
  put(prefix, 'C:\\secret.txt', 'secret');
  put(prefix, 'C:\\k\\azure-vnet.log', 'fine\n');
  execFileSync('ln', [insidePath(prefix, 'C:\\secret.txt'), insidePath(prefix, 'C:\\k\\kubelet.err.log')]);
  const folder = insidePath(prefix, 'C:\\etc\\kubernetes\\logs');
  mkdirSync(dirname(folder), {recursive: true});
  mkdirSync(insidePath(prefix, 'C:\\elsewhere'));
  writeFileSync(join(insidePath(prefix, 'C:\\elsewhere'), 'kubelet.log'), 'secret');
  symlinkSync(insidePath(prefix, 'C:\\elsewhere'), folder);
  const lines = await collect(t, prefix);
  t.like(lines.get('logs.kubelet.kubelet.err'), {ok: false, reason: 'denied'});
  t.is(bodyOf(lines.get('logs.cni.azure-vnet')), 'fine\n');
  for (const line of lines.values()) t.false(bodyOf(line).includes('secret'), line.source);
});
