import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {TestCluster} from './cluster.ts';
import {bundleDump} from './dump.ts';

/** Our bundle of a cluster and its agents, as files by path. */
export function bundleOf(cluster: TestCluster): Map<string, string> {
  const files = new Map(bundleDump(cluster.objects));
  for (const [name, node] of cluster.nodes) {
    for (const [file, text] of node.bundled) files.set(`host-collectors/${name}/${node.os}/${file}`, text);
  }
  return files;
}

/** The same in a directory that goes with the test. */
export function bundleFolder(t: ExecutionContext, cluster: TestCluster): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-bundle-'));
  t.teardown(() => rmSync(folder, {recursive: true, force: true}));
  for (const [path, text] of bundleOf(cluster)) {
    const at = join(folder, path);
    mkdirSync(dirname(at), {recursive: true});
    writeFileSync(at, text);
  }
  return folder;
}
