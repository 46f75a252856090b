import {join} from 'node:path';
import type {Plugin} from 'esbuild';
import type {Target} from './targets.ts';

const root = join(import.meta.dirname, '..', '..');

/** Name of koffi's native part inside the program. */
export const ADDON = 'koffi.node';

/** Leads koffi to its native part inside the program, through our own loader. */
export function nativePart({node: {platform, arch}}: Target): Plugin {
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
