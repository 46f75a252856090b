import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildImage} from '../../../scripts/image/build.ts';
import type {TestLab} from '../lab.ts';
import {LabError} from '../parts/failure.ts';
import {ctr} from './ctr.ts';

const NAME = 'example.test/kubectl-win';

/** Builds the plugin's image, as it ships, and brings it to the real node of a lab; answers what pods call it. */
export async function putPluginImage(lab: TestLab): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-image-'));
  try {
    const layout = join(folder, 'layout');
    const {digest} = await buildImage({
      program: 'plugin',
      folder: layout,
      name: NAME,
      tag: 'v1',
      time: new Date('2026-01-01T00:00:00Z'),
      say: line => console.error(line),
      platforms: ['linux/amd64'],
    });
    const archive = join(folder, 'image.tar');
    execFileSync('tar', ['-C', layout, '-cf', archive, ...readdirSync(layout)]);
    const args = ['--namespace', 'k8s.io', 'images', 'import', '--digests', '--base-name', NAME, archive];
    const imported = ctr(join(lab.root, 'linux/containerd.sock'), args);
    if (imported.status !== 0) throw new LabError(`containerd takes no image: ${imported.stderr.trim()}`);
    return `${NAME}@${digest}`;
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
