import {execFileSync} from 'node:child_process';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {tempDir} from '../../helpers/archives.ts';
import {win} from '../../helpers/cli.ts';
import {onLab} from '../agent/installed.ts';
import {startLab} from '../lab.ts';

const LOG = '/var/log/kube-proxy.log';
const LINE = 'E1129 11:00:00.000000       1 proxier.go:1] cannot sync';
const CANARY = 'canary7-Invented';

test('a bundle has of a node without an agent what its kubelet tells through the API server', async t => {
  t.timeout(300_000);
  t.is(process.getuid?.(), 0, 'this test needs root');
  const lab = await startLab({linuxNode: true});
  // Where the kubelet itself looks for the log of a service that the journal does not have.
  writeFileSync(LOG, `${LINE} password=${CANARY}1\n`, {flag: 'wx'});
  t.teardown(() => rmSync(LOG, {force: true}));
  try {
    const folder = tempDir(t);
    const archive = join(folder, 'b.tar.gz');
    const args = ['bundle', '--output-file', archive, '--node-proxy', '--node', 'linux-real'];
    const {code, stderr} = await onLab(lab, ...args);
    t.is(code, 0, stderr);
    t.regex(stderr, /nodes\/proxy is a far-reaching right/);
    execFileSync('tar', ['-xzf', archive, '-C', folder]);
    const read = (file: string): string =>
      readFileSync(join(folder, 'b/host-collectors/linux-real/linux/kubelet', file), 'utf8');
    t.is(read('healthz.txt'), 'ok');
    t.is(typeof JSON.parse(read('configz.json')).kubeletconfig.clusterDomain, 'string');
    t.is(JSON.parse(read('pods.json')).kind, 'PodList');
    const log = readFileSync(
      join(folder, 'b/host-collectors/linux-real/linux/logs/kube-proxy/kube-proxy.log'),
      'utf8',
    );
    t.is(log, `${LINE} password=***\n`);
    const shown = await win([
      'logs',
      '--from',
      archive,
      'node/linux-real',
      '--source',
      'kube-proxy',
      '-o',
      'raw',
    ]);
    t.is(shown.stdout, log, shown.stderr);
    t.is((await onLab(lab, 'bundle', 'verify', archive)).code, 0);
    const denied = await onLab(lab, ...args, '--as', 'nobody-at-all', '--strict');
    t.not(denied.code, 0);
  } finally {
    await lab.stop();
  }
});
