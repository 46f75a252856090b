/** Writes the sample capture, `plugin/sample`; with `--check` only says whether it is up to date. */
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {bundleDump} from '../helpers/dump.ts';
import {sick} from './sick.ts';

const root = join(import.meta.dirname, '..', '..', 'plugin', 'sample');
/** What the capture consists of; pictures of it may lie beside. */
const OWN = ['cluster-info', 'cluster-resources', 'kubectl-win', 'version.yaml'];

const files = bundleDump(sick());
const before = new Set(
  OWN.filter(name => existsSync(join(root, name))).flatMap(name =>
    name.includes('.')
      ? [name]
      : readdirSync(join(root, name), {recursive: true, encoding: 'utf8', withFileTypes: true})
          .filter(entry => entry.isFile())
          .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1)),
  ),
);
const stale = [...files].filter(
  ([path, content]) => !before.has(path) || readFileSync(join(root, path), 'utf8') !== content,
);
const extra = [...before].filter(path => !files.has(path));

if (stale.length + extra.length === 0) process.exitCode = 0;
else if (process.argv.includes('--check')) {
  console.error('plugin/sample is out of date: run `scripts/sample`');
  process.exitCode = 1;
} else {
  for (const name of OWN) rmSync(join(root, name), {recursive: true, force: true});
  for (const [path, content] of files) {
    mkdirSync(dirname(join(root, path)), {recursive: true});
    writeFileSync(join(root, path), content);
  }
  console.log(`written: plugin/sample (${files.size} files)`);
}
