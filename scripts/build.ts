/**
 * Builds what ships: `dist/main.js` and its chunks (ESM, split, so that `version` loads next to nothing). The build is
 * skipped where the sources have not changed; `--quiet` then says nothing.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const stamp = join(root, 'build', 'dist-hash');

const key = hashOf(['src', 'plugin', 'package.json', 'package-lock.json', 'scripts/build.ts']);
if (existsSync(join(dist, 'main.js')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key)
  process.exit(0);

const half = join(root, 'build', `dist-${process.pid}`);
const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {version: string};
const result = await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'plugin/main.ts',
    commands: 'plugin/commands.ts',
    'logs-worker': 'plugin/services/logs/threads/worker.ts',
  },
  outdir: half,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.20',
  minifySyntax: true,
  legalComments: 'external',
  sourcemap: false,
  metafile: true,
  logLevel: 'warning',
  define: {'process.env["KUBECTL_WIN_VERSION"]': JSON.stringify(version)},
  // Dependencies in CommonJS ask for Node's own modules by `require`, and for their folder.
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module'; import {fileURLToPath as __toPath} from 'node:url'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __toPath(new URL('.', import.meta.url));",
  },
}).catch(() => {
  // esbuild has printed the file, the line and the reason; what was built before stays.
  rmSync(half, {recursive: true, force: true});
  process.exit(1);
});
rmSync(dist, {recursive: true, force: true});
renameSync(half, dist);
writeFileSync(stamp, key);
if (!process.argv.includes('--quiet')) {
  const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  console.log(`dist: ${Object.keys(result.metafile.outputs).length} files, ${Math.round(bytes / 1024)} KiB`);
}

/** One hash over the names and contents of files and folders. */
function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
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
