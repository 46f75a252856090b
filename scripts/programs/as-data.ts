import {join, relative} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Plugin} from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** Modules whose exports are plain data, which it takes half the program to make. */
export const DATA_MODULES = [
  'plugin/completion/specs.ts',
  'plugin/help-facts.ts',
  'src/checks/catalogue.ts',
] as const;

/** Puts what these modules export in their place, so that whoever reads it need not load what it was made from. */
export function asData(modules: readonly string[] = DATA_MODULES): Plugin {
  return {
    name: 'as-data',
    setup(build) {
      build.onLoad({filter: /\.ts$/}, async ({path}) => {
        if (!modules.includes(relative(root, path))) return undefined;
        // What a module exports is of the kinds that its own types say.
        const exported = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
        return {contents: Object.entries(exported).map(statement).join('\n'), loader: 'js'};
      });
    },
  };
}

/** A text is read faster than what it says written as a program. */
function statement([name, value]: [string, unknown]): string {
  return `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
}
