import {join} from 'node:path';
import type {Plugin} from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
const OCLIF = /[\\/]@oclif[\\/]core[\\/]/;

/** oclif loads commands from files by their path; in an executable there are none, and the bundle has them already. */
export function ownCommands(): Plugin {
  const namespace = 'own-commands';
  const contents = `const commands = () => require('./plugin/commands.ts');
    exports.load = async () => commands();
    exports.loadWithData = async (_, filePath) => ({isESM: false, filePath, module: commands()});
    exports.loadWithDataFromManifest = exports.loadWithData;
    exports.isPathModule = () => false;`;
  return {
    name: namespace,
    setup(build) {
      build.onResolve({filter: /^\.\.?\/module-loader$/}, ({importer}) =>
        OCLIF.test(importer) ? {path: 'module-loader', namespace} : undefined,
      );
      build.onLoad({filter: /.*/, namespace}, () => ({resolveDir: root, contents}));
    },
  };
}

/**
 * Leaves out what oclif finds commands, plugins and packages by in folders: ours are told to it. Whatever command runs would load
 * it first.
 */
export function noDiscovery(): Plugin {
  const namespace = 'no-discovery';
  return {
    name: namespace,
    setup(build) {
      build.onResolve({filter: /^(?:lilconfig|minimatch|semver|tinyglobby)$/}, ({path, importer}) =>
        OCLIF.test(importer) ? {path, namespace} : undefined,
      );
      build.onLoad({filter: /.*/, namespace}, () => ({contents: ''}));
    },
  };
}
