import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import type {Recipe} from './recipes.ts';
import type {Target} from './targets.ts';

const root = join(import.meta.dirname, '..', '..');

/** Makes one CommonJS script of an entry point and all that it imports, for one target. */
export async function bundle(
  entry: string,
  {recipe, target}: {recipe: Recipe; target: Target},
): Promise<Uint8Array> {
  // Ours.
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {version: string};
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'main.cjs',
    write: false,
    bundle: true,
    // Paths in the script are those of the checkout, wherever its dependencies really lie.
    preserveSymlinks: true,
    inject: [...recipe.inject],
    // pkg's start-up code runs CommonJS directly; a module would cost a second loader at every start.
    format: 'cjs',
    platform: 'node',
    target: 'node22.20',
    minifySyntax: true,
    legalComments: 'inline',
    logLevel: 'warning',
    banner: {js: "const __own_url = require('node:url').pathToFileURL(__filename).href;"},
    define: {
      'import.meta.url': '__own_url',
      'process.env["KUBECTL_WIN_VERSION"]': JSON.stringify(version),
      'process.platform': JSON.stringify(target.node.platform),
      'process.arch': JSON.stringify(target.node.arch),
    },
    plugins: [recipe.plugin(target)],
  });
  const [output] = result.outputFiles;
  if (!output) throw new Error(`esbuild made nothing of ${entry}`);
  return output.contents;
}
