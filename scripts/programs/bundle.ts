import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {build, transform} from 'esbuild';
import type {BuildOptions, Plugin} from 'esbuild';
import type {Recipe} from './recipes.ts';
import type {Target} from './targets.ts';

const root = join(import.meta.dirname, '..', '..');

/** Name of the script that runs first. */
export const MAIN = 'main.cjs';

/** Makes CommonJS scripts, by name, of an entry point and all that it imports, for one target: `MAIN`, and one for each part. */
export async function bundle(
  entry: string,
  {recipe, target}: {recipe: Recipe; target: Target},
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (recipe.split) return split(entry, {recipe, target});
  // Other entries than the program's own have all in one.
  const parts = entry === recipe.entry ? recipe.parts : {};
  const plugins = recipe.plugins(target);
  const main = script(entry, target, {
    inject: [...recipe.inject],
    plugins: [...plugins, apart(parts)],
    // Only `require` finds a script inside the program.
    ...(Object.keys(parts).length > 0 && {supported: {'dynamic-import': false}}),
  });
  const others = Object.entries(parts).map(
    async ([name, of]) => [name, await script(of, target, {plugins})] as const,
  );
  return new Map([[MAIN, await main], ...(await Promise.all(others))]);
}

/** Makes scripts that load each other where they come to it. esbuild splits modules only, so each becomes CommonJS afterwards. */
async function split(
  entry: string,
  {recipe, target}: {recipe: Recipe; target: Target},
): Promise<ReadonlyMap<string, Uint8Array>> {
  const {outputFiles} = await build({
    ...optionsFor(target),
    entryPoints: {[basename(MAIN, '.cjs')]: entry},
    outdir: root,
    outExtension: {'.js': '.cjs'},
    write: false,
    splitting: true,
    format: 'esm',
    inject: [...recipe.inject],
    plugins: recipe.plugins(target),
  });
  const scripts = outputFiles.map(async ({path, text}) => {
    const {code} = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: ENGINE,
      legalComments: 'inline',
      banner: OWN_URL,
      // Only `require` finds a script inside the program.
      supported: {'dynamic-import': false},
    });
    return [basename(path), new TextEncoder().encode(asAscii(code))] as const;
  });
  return new Map(await Promise.all(scripts));
}

async function script(
  entry: string,
  target: Target,
  more: Pick<BuildOptions, 'inject' | 'plugins' | 'supported'>,
): Promise<Uint8Array> {
  const {outputFiles} = await build({
    ...optionsFor(target),
    entryPoints: [entry],
    outfile: MAIN,
    write: false,
    // pkg's start-up code runs CommonJS directly; a module would cost a second loader at every start.
    format: 'cjs',
    banner: {js: OWN_URL},
    ...more,
  });
  const [output] = outputFiles;
  if (!output) throw new Error(`esbuild made nothing of ${entry}`);
  return new TextEncoder().encode(asAscii(output.text));
}

const ENGINE = 'node22.20';
const OWN_URL = "const __own_url = require('node:url').pathToFileURL(__filename).href;";

function optionsFor({node: {platform, arch}}: Target): BuildOptions {
  // Ours.
  const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {version: string};
  return {
    absWorkingDir: root,
    bundle: true,
    // Paths in the script are those of the checkout, wherever its dependencies really lie.
    preserveSymlinks: true,
    platform: 'node',
    target: ENGINE,
    minifySyntax: true,
    legalComments: 'inline',
    logLevel: 'warning',
    define: {
      'import.meta.url': '__own_url',
      'process.env["KUBECTL_WIN_VERSION"]': JSON.stringify(version),
      'process.platform': JSON.stringify(platform),
      'process.arch': JSON.stringify(arch),
    },
  };
}

/** Has modules that are parts stay out of a script, which then finds them beside it. */
function apart(parts: Recipe['parts']): Plugin {
  const names = new Map(Object.entries(parts).map(([name, of]) => [join(root, of), `./${name}`]));
  return {
    name: 'apart',
    setup(build) {
      build.onResolve({filter: /^\./}, ({path, resolveDir, kind}) => {
        const name = kind === 'dynamic-import' ? names.get(join(resolveDir, path)) : undefined;
        return name === undefined ? undefined : {path: name, external: true};
      });
    },
  };
}

/**
 * Writes what is not ASCII as escapes, as esbuild does outside of regular expressions and comments: V8 keeps a script with a single
 * other character in two bytes for each.
 */
function asAscii(script: string): string {
  const [raw] = /\braw`[^`]*[^\0-\x7F]/.exec(script) ?? [];
  if (raw !== undefined) throw new Error(`an escape would change ${raw}: write it without String.raw`);
  return script.replace(/[^\0-\x7F]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
