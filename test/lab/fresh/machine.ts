import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buildLab} from '../parts/build.ts';
import type {TestLab} from '../lab.ts';
import {bareRoot, debianRoot, put} from './root.ts';

/** The line of the README that installs and begins so, with `URL` as it is here. */
export function installLine(start: string, url: string): string {
  const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');
  const line = readme.split('\n').find(text => text.startsWith(`    ${start}`));
  if (line === undefined) throw new Error(`the README has no line "${start} …"`);
  return line
    .replace(/\s+#\s.*$/, '')
    .trim()
    .replaceAll('URL', url);
}

/** Makes a folder the root of a fresh machine (`whole`: a Debian) with kubectl and a lab's kubeconfig. */
export async function machineOn(root: string, {lab, whole}: {lab: TestLab; whole: boolean}): Promise<void> {
  chmodSync(root, 0o755);
  if (whole) await debianRoot(root);
  else bareRoot(root);
  put(root, (await buildLab(() => undefined)).get('kubectl') ?? '', 'usr/local/bin/kubectl');
  mkdirSync(join(root, 'root/.kube'), {recursive: true});
  writeFileSync(join(root, 'root/.kube/config'), await lab.kubectl(['config', 'view', '--raw', '--flatten']));
}
