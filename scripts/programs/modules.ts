import type {BuildOptions} from 'esbuild';

/** How our modules are built for Node.js: several that share chunks, so that each program reads only its own. */
export const SPLIT_MODULES = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.20',
  minifySyntax: true,
  legalComments: 'external',
  sourcemap: false,
  logLevel: 'warning',
  // Dependencies in CommonJS ask for Node's own modules by `require`, and for their folder.
  banner: {
    js: "import {createRequire as __createRequire} from 'node:module'; import {fileURLToPath as __toPath} from 'node:url'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __toPath(new URL('.', import.meta.url));",
  },
} as const satisfies BuildOptions;
