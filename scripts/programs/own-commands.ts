import {join} from 'node:path';
import type {Plugin} from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
const namespace = 'own-commands';

/** oclif loads commands from files by their path; in an executable there are none, and the bundle has them already. */
export function ownCommands(): Plugin {
  const contents = `const commands = () => require('./plugin/commands.ts');
    exports.load = async () => commands();
    exports.loadWithData = async (_, filePath) => ({isESM: false, filePath, module: commands()});
    exports.loadWithDataFromManifest = exports.loadWithData;
    exports.isPathModule = () => false;`;
  return {
    name: namespace,
    setup(build) {
      build.onResolve({filter: /^\.\.?\/module-loader$/}, ({importer}) =>
        /[\\/]@oclif[\\/]core[\\/]/.test(importer) ? {path: 'module-loader', namespace} : undefined,
      );
      build.onLoad({filter: /.*/, namespace}, () => ({resolveDir: root, contents}));
    },
  };
}
