import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {build} from 'esbuild';
import type {Plugin} from 'esbuild';
import type {Target} from './targets.ts';

const root = join(import.meta.dirname, '..', '..');

/** Name of koffi's native part inside the program. */
export const ADDON = 'koffi.node';

/** Makes one CommonJS script of an entry point and all that it imports, for one target. */
export async function bundle(entry: string, target: Target): Promise<Uint8Array> {
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
    inject: ['agent/native/standard-streams.ts'],
    // pkg's start-up code runs CommonJS directly; a module would cost a second loader at every start.
    format: 'cjs',
    platform: 'node',
    target: 'node22.20',
    minifySyntax: true,
    legalComments: 'inline',
    logLevel: 'warning',
    define: {
      'process.env["KUBECTL_WIN_VERSION"]': JSON.stringify(version),
      'process.platform': JSON.stringify(target.node.platform),
      'process.arch': JSON.stringify(target.node.arch),
    },
    plugins: [nativePart(target)],
  });
  const [output] = result.outputFiles;
  if (!output) throw new Error(`esbuild made nothing of ${entry}`);
  return output.contents;
}

/** Leads koffi to its native part inside the program, through our own loader. */
function nativePart({node: {platform, arch}}: Target): Plugin {
  const namespace = 'native-part';
  const koffi = JSON.stringify(join(root, 'node_modules', 'koffi', 'index.cjs'));
  const modules: Record<string, string> = {
    loaded: `const {join} = require('node:path');
      const {loadAddon} = require('./agent/native/addon.ts');
      try { exports.addon = loadAddon(join(__dirname, ${JSON.stringify(ADDON)})); } catch (error) { exports.failure = error; }`,
    [`@koromix/koffi-${platform}-${arch}`]: `module.exports = require('native-part:loaded').addon;`,
    // koffi keeps to itself why its native part did not load. Its module for import finds itself by a URL that a bundle has not.
    koffi: `const {failure} = require('native-part:loaded');
      if (failure) throw failure;
      module.exports = require(${koffi});`,
  };
  return {
    name: namespace,
    setup(build) {
      build.onResolve({filter: /^(koffi$|@koromix\/koffi-|native-part:)/}, ({path}) => ({
        path: path.replace(/^native-part:/, ''),
        namespace,
      }));
      build.onLoad({filter: /.*/, namespace}, ({path}) => ({
        resolveDir: root,
        contents: modules[path] ?? '',
      }));
    },
  };
}
