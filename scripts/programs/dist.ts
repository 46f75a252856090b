import {createHash} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import {asData} from './as-data.ts';
import {SPLIT_MODULES} from './modules.ts';
import {noDiscovery} from './own-commands.ts';

const root = join(import.meta.dirname, '..', '..');
/** Files and folders that it is made from, and of. */
const INPUTS = ['src', 'plugin', 'package.json', 'package-lock.json', 'scripts/build.ts', 'scripts/programs'];

/** One hash over the names and contents of what `buildDist` builds from. */
export function distKey(): string {
  const hash = createHash('sha256');
  for (const path of INPUTS) {
    const full = join(root, path);
    const files = path.includes('.')
      ? [full]
      : readdirSync(full, {recursive: true, withFileTypes: true})
          .filter(entry => entry.isFile())
          .map(entry => join(entry.parentPath, entry.name))
          .sort();
    for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds what ships for a Node.js that is there, into a folder: `main.js` and its chunks (ESM, split, so that `version` loads next to nothing). */
export async function buildDist(folder: string): Promise<{files: number; bytes: number}> {
  // Ours.
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {version: string};
  const {metafile} = await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'plugin/main.ts',
      commands: 'plugin/commands.ts',
      'node-worker': 'plugin/services/node-thread/worker.ts',
      'logs-worker': 'plugin/services/logs/threads/worker.ts',
    },
    outdir: folder,
    metafile: true,
    plugins: [noDiscovery(), asData()],
    define: {'process.env["KUBECTL_WIN_VERSION"]': JSON.stringify(version)},
    ...SPLIT_MODULES,
  });
  const outputs = Object.values(metafile.outputs);
  return {files: outputs.length, bytes: outputs.reduce((sum, {bytes}) => sum + bytes, 0)};
}
