/**
 * Builds a release into `build/release`: an archive of the plugin for each platform, `SHA256SUMS`, and manifests for package managers.
 * `node scripts/build-release.ts --url URL --homepage URL [PLATFORM …]`, where URL is where the archives will be.
 */
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {parseArgs} from 'node:util';
import {buildProgram} from './programs/program.ts';
import {signer} from './programs/pack.ts';
import {TARGETS, isPlatform} from './programs/targets.ts';
import type {Platform} from './programs/targets.ts';
import {archive, fileOf} from './release/archive.ts';
import {krewManifest} from './release/krew.ts';
import type {Released, ReleaseFacts} from './release/released.ts';
import {scoopManifest} from './release/scoop.ts';

const root = join(import.meta.dirname, '..');
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    url: {type: 'string'},
    homepage: {type: 'string'},
    'output-folder': {type: 'string', default: join(root, 'build', 'release')},
  },
});
const {url, homepage, 'output-folder': folder} = values;
const platforms = positionals.length > 0 ? positionals : Object.keys(TARGETS);
const unknown = platforms.filter(name => !isPlatform(name));
if (!url || !homepage || unknown.length > 0) {
  console.error(
    unknown.length > 0
      ? `build-release: no such platform: ${unknown.join(', ')} (known: ${Object.keys(TARGETS).join(', ')})`
      : 'build-release: say where the archives will be and where the project is: --url URL --homepage URL',
  );
  process.exit(2);
}

// Ours.
const {version, description, license} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  description: string;
  license: string;
};
const facts: ReleaseFacts = {version, url: url.replace(/\/+$/, ''), homepage, summary: description, license};
mkdirSync(folder, {recursive: true});
const released: Released[] = [];
for (const platform of platforms.filter(isPlatform)) {
  if (positionals.length === 0 && TARGETS[platform].os === 'darwin' && !signer())
    say(`${platform} is left out: its program must be signed, by codesign on a Mac or by ldid`);
  else released.push(await release(platform));
}
write('SHA256SUMS', released.map(({sha256, file}) => `${sha256}  ${file}\n`).join(''));
write('win.yaml', krewManifest(facts, released));
write('kubectl-win.json', scoopManifest(facts, released));

function say(line: string): void {
  console.error(`build-release: ${line}`);
}

async function release(platform: Platform): Promise<Released> {
  const target = TARGETS[platform];
  const {path} = await buildProgram({program: 'plugin', platform, say});
  const contents = await archive([
    fileOf(join(root, 'LICENSE'), 'LICENSE'),
    fileOf(path, basename(path), true),
    ...(target.os === 'windows'
      ? []
      : [fileOf(join(root, 'bin', 'kubectl_complete-win'), 'kubectl_complete-win', true)]),
  ]);
  const file = `kubectl-win-${version}-${target.os}-${target.arch}.tar.gz`;
  write(file, contents);
  const sha256 = createHash('sha256').update(contents).digest('hex');
  return {target, file, sha256, program: basename(path)};
}

function write(name: string, contents: string | Uint8Array): void {
  const path = join(folder, name);
  writeFileSync(path, contents);
  console.log(`${(contents.length / 1e6).toFixed(1)} MB\t${path}`);
}
