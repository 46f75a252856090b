/** Writes the documentation as a static site: `node scripts/build-site.ts [FOLDER] [--repository URL]`, by default into `build/site`. */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parseArgs} from 'node:util';
import {site} from './site/site.ts';

const {values, positionals} = parseArgs({allowPositionals: true, options: {repository: {type: 'string'}}});
const own = join(import.meta.dirname, '..', 'build', 'site');
const [folder = own] = positionals;
// Only what is ours is emptied.
if (folder === own) rmSync(own, {recursive: true, force: true});
const files = site(values.repository);
for (const [name, text] of files) {
  const path = join(folder, name);
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}
console.log(`${files.size} files in ${folder}`);
