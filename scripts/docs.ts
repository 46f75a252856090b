/**
 * Writes the documents that are made from code: the table of checks, the map of guides, the command reference, and the
 * pictures in the README. `--check` only says which of them are out of date.
 */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {architecture} from './docs/architecture.ts';
import {checkTable} from './docs/checks.ts';
import {commandReference} from './docs/commands.ts';
import {guideTable} from './docs/guides.ts';
import {picture} from './docs/picture.ts';
import {session} from './docs/session.ts';

const root = join(import.meta.dirname, '..');
const HEAD = '<!-- Written by `npm run docs`; edit the code it is made from. -->\n\n';

const documents: Record<string, () => string | Promise<string>> = {
  'src/checks/README.md': () => HEAD + checkTable(),
  'src/guides/README.md': () => HEAD + guideTable(),
  'plugin/commands/README.md': () => HEAD + commandReference(),
  'doctor.svg': picture,
  'session.svg': session,
  'architecture.svg': architecture,
};

const stale: string[] = [];
for (const [path, make] of Object.entries(documents)) {
  const file = join(root, path);
  const text = await make();
  const current = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (current === text) continue;
  stale.push(relative(root, file));
  if (!process.argv.includes('--check')) writeFileSync(file, text);
}

if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}; run \`npm run docs\``);
  process.exitCode = 1;
} else if (stale.length > 0) console.log(`written: ${stale.join(', ')}`);
