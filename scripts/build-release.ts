/**
 * Builds a release into `build/release`: an archive of the plugin for each platform, `SHA256SUMS`, and manifests for package managers.
 * `node scripts/build-release.ts --url URL --homepage URL [PLATFORM …]`, where URL is where the archives will be.
 */
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {buildProgram} from './programs/program.ts';
import {signer} from './programs/pack.ts';
import {TARGETS, isPlatform} from './programs/targets.ts';
import type {Platform} from './programs/targets.ts';
import {manualPage} from './docs/manual.ts';
import {archive, archiveExtension, fileOf} from './release/archive.ts';
import {debianPackage} from './release/debian.ts';
import {homebrewFormula} from './release/homebrew.ts';
import {krewManifest} from './release/krew.ts';
import type {Released, ReleaseFacts} from './release/released.ts';
import {scoopManifest} from './release/scoop.ts';
import {wingetManifests} from './release/winget.ts';

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
mkdirSync(join(folder, 'winget'), {recursive: true});
const manual = manualPage(facts);
const hook = fileOf(join(root, 'bin', 'kubectl_complete-win'), 'kubectl_complete-win', true);
const licence = fileOf(join(root, 'LICENSE'), 'LICENSE');
const sums: string[] = [];
const released: Released[] = [];
for (const platform of platforms.filter(isPlatform)) {
  if (positionals.length === 0 && TARGETS[platform].os === 'darwin' && !signer())
    say(`${platform} is left out: its program must be signed, by codesign on a Mac or by ldid`);
  else released.push(await release(platform));
}
write('SHA256SUMS', sums.join(''));
write('win.yaml', krewManifest(facts, released));
write('kubectl-win.json', scoopManifest(facts, released));
write('kubectl-win.rb', homebrewFormula(facts, released));
for (const [name, text] of wingetManifests(facts, released)) write(join('winget', name), text);

function say(line: string): void {
  console.error(`build-release: ${line}`);
}

async function release(platform: Platform): Promise<Released> {
  const target = TARGETS[platform];
  const {os, arch, extension} = target;
  const {path} = await buildProgram({program: 'plugin', platform, say});
  const program = fileOf(path, `kubectl-win${extension}`, true);
  const page = {name: 'kubectl-win.1', contents: Buffer.from(manual), executable: false};
  const contents = await archive([licence, program, ...(os === 'windows' ? [] : [hook, page])], os);
  const file = `kubectl-win-${version}-${os}-${arch}${archiveExtension(os)}`;
  const sha256 = publish(file, contents);
  if (os === 'linux') {
    const parts = {arch, manual, program: program.contents, hook: hook.contents, licence: licence.contents};
    const debian = debianPackage(facts, parts);
    if (debian) publish(`kubectl-win_${version}_${arch}.deb`, debian);
    else say(`no Debian package for ${arch}: it takes dpkg-deb`);
  }
  return {target, file, sha256, program: program.name};
}

/** Writes what people download, and answers its checksum. */
function publish(file: string, contents: Uint8Array): string {
  write(file, contents);
  const sha256 = createHash('sha256').update(contents).digest('hex');
  sums.push(`${sha256}  ${file}\n`);
  return sha256;
}

function write(name: string, contents: string | Uint8Array): void {
  const path = join(folder, name);
  writeFileSync(path, contents);
  console.log(`${(contents.length / 1e6).toFixed(1)} MB\t${path}`);
}
