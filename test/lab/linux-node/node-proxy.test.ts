import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {tempDir} from '../../helpers/archives.ts';
import {onLab} from '../agent/installed.ts';
import {startLab} from '../lab.ts';

test('a bundle has of a node without an agent what its kubelet tells through the API server', async t => {
  t.timeout(300_000);
  t.is(process.getuid?.(), 0, 'this test needs root');
  const lab = await startLab({linuxNode: true});
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
    t.is((await onLab(lab, 'bundle', 'verify', archive)).code, 0);
    const denied = await onLab(lab, ...args, '--as', 'nobody-at-all', '--strict');
    t.not(denied.code, 0);
  } finally {
    await lab.stop();
  }
});
