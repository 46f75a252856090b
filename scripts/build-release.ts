/**
 * Builds a release into `build/release`: an archive of the plugin for each platform, a package for npm, `SHA256SUMS`, manifests for package managers, a bill of
 * materials, and how all of it was made; nothing where a registry knows an advisory of level high or above against what ships. `node scripts/build-release.ts --url URL --homepage URL [--agent-image NAME@sha256:…]
 * [--builder URL] [PLATFORM …]`, where the first URL is where the archives will be. An image by its digest, as `build-image` prints it, gives
 * manifests that install that image and no other.
 */
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {buildProgram} from './programs/program.ts';
import {signer} from './programs/pack.ts';
import {TARGETS, isPlatform} from './programs/targets.ts';
import type {Platform} from './programs/targets.ts';
import {manualPage} from './docs/manual.ts';
import {agentManifests} from './manifests/by-digest.ts';
import {advisoriesOf} from './release/advisories.ts';
import {archive, archiveExtension, fileOf} from './release/archive.ts';
import {dependenciesOf, notices} from './release/dependencies.ts';
import {debianPackage} from './release/debian.ts';
import {homebrewFormula} from './release/homebrew.ts';
import {krewManifest} from './release/krew.ts';
import {npmPackage} from './release/npm.ts';
import type {Released, ReleaseFacts} from './release/released.ts';
import {provenance} from './release/provenance.ts';
import {cycloneDx} from './release/sbom.ts';
import {scoopManifest} from './release/scoop.ts';
import {wingetManifests} from './release/winget.ts';

const root = join(import.meta.dirname, '..');
/** The same for everybody, unless `SOURCE_DATE_EPOCH` says otherwise (https://reproducible-builds.org/specs/source-date-epoch/). */
const TIME_MS = Number(process.env['SOURCE_DATE_EPOCH'] ?? Date.UTC(2026, 0, 1) / 1000) * 1000;
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    url: {type: 'string'},
    homepage: {type: 'string'},
    'agent-image': {type: 'string'},
    builder: {type: 'string', default: 'https://localhost/by-hand'},
    'output-folder': {type: 'string', default: join(root, 'build', 'release')},
  },
});
const {url, homepage, builder, 'agent-image': agentImage, 'output-folder': folder} = values;
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
if (agentImage !== undefined && !/@sha256:[0-9a-f]{64}$/.test(agentImage)) {
  console.error(
    `build-release: --agent-image ${agentImage} is not NAME@sha256:DIGEST, as build-image prints it`,
  );
  process.exit(2);
}

const advisories = await advisoriesOf(root);
if ('unknown' in advisories)
  say(
    `advisories are unknown: the registry answers ${advisories.unknown}. Before publishing, run npm audit where it answers`,
  );
else if (advisories.found.length > 0) {
  for (const {name, severity, because} of advisories.found) say(`${name}: ${severity}: ${because}`);
  say('nothing was built: a release has no dependency with a known advisory of level high or above');
  process.exit(1);
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
const lockfiles = [
  'package-lock.json',
  'windows/runtime/package-lock.json',
  'scripts/release/runtime/package-lock.json',
];
const [dependencies = [], ...runtimes] = lockfiles.map(path => dependenciesOf(join(root, path)));
const legal = {
  name: 'THIRD-PARTY-NOTICES',
  contents: Buffer.from(notices(dependencies, root)),
  executable: false,
};
const page = {name: 'kubectl-win.1', contents: Buffer.from(manual), executable: false};
const sums: string[] = [];
const files: {name: string; sha256: string}[] = [];
const released: Released[] = [];
for (const platform of platforms.filter(isPlatform)) {
  if (positionals.length === 0 && TARGETS[platform].os === 'darwin' && !signer())
    say(`${platform} is left out: its program must be signed, by codesign on a Mac or by ldid or quill`);
  else released.push(await release(platform));
}
publish(`kubectl-win-${version}.tgz`, await npmPackage({licence, legal, manual: page}, homepage));
write('SHA256SUMS', sums.join(''));
write('win.yaml', krewManifest(facts, released));
write('kubectl-win.json', scoopManifest(facts, released));
write('kubectl-win.rb', homebrewFormula(facts, released));
for (const [name, text] of wingetManifests(facts, released)) write(join('winget', name), text);
if (agentImage !== undefined) for (const [name, text] of agentManifests(agentImage)) write(name, text);
const bill = {
  name: 'kubectl-win',
  version,
  licence: license,
  description,
  timestamp: new Date(TIME_MS).toISOString(),
};
write(`kubectl-win-${version}.cdx.json`, cycloneDx(bill, [...dependencies, ...runtimes.flat()]));
writeFileSync(
  join(folder, `kubectl-win-${version}.intoto.json`),
  provenance(files, {
    homepage,
    builder,
    commit: commitOf(root),
    parameters: {url, homepage, platforms, ...(agentImage !== undefined && {agentImage})},
    lockfiles: lockfiles.map(path => ({path, sha256: sha256Of(readFileSync(join(root, path)))})),
    node: process.version,
  }),
);

function say(line: string): void {
  console.error(`build-release: ${line}`);
}

async function release(platform: Platform): Promise<Released> {
  const target = TARGETS[platform];
  const {os, arch, extension} = target;
  const {path} = await buildProgram({program: 'plugin', platform, say});
  const program = fileOf(path, `kubectl-win${extension}`, true);
  const contents = await archive([licence, legal, program, ...(os === 'windows' ? [] : [hook, page])], os);
  const file = `kubectl-win-${version}-${os}-${arch}${archiveExtension(os)}`;
  const sha256 = publish(file, contents);
  if (os === 'linux') {
    const parts = {
      arch,
      manual,
      program: program.contents,
      hook: hook.contents,
      licence: licence.contents,
      legal: legal.contents,
    };
    const debian = debianPackage(facts, parts);
    if (debian) publish(`kubectl-win_${version}_${arch}.deb`, debian);
    else say(`no Debian package for ${arch}: it takes dpkg-deb`);
  }
  return {target, file, sha256, program: program.name};
}

/** Writes what people download, and answers its checksum. */
function publish(file: string, contents: Uint8Array): string {
  write(file, contents);
  const sha256 = sha256Of(contents);
  sums.push(`${sha256}  ${file}\n`);
  return sha256;
}

function write(name: string, contents: string | Uint8Array): void {
  const path = join(folder, name);
  writeFileSync(path, contents);
  files.push({name, sha256: sha256Of(contents)});
  console.log(`${(contents.length / 1e6).toFixed(1)} MB\t${path}`);
}

function sha256Of(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}

/** The commit that is checked out; undefined where git knows none. */
function commitOf(checkout: string): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: checkout,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
