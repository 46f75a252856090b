import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {fileOf, tar} from './archive.ts';
import type {ArchiveFile} from './archive.ts';

const root = join(import.meta.dirname, '..', '..');
/** npm makes what a package's `bin` names executable, and on Windows a `.cmd` that runs what the first line says. */
const BY_NODE = '#!/usr/bin/env node\n';
/** What kubectl calls for completion: the program itself, told so. */
const HOOK = `${BY_NODE}process.argv.splice(2, 0, '__complete');\nawait import('./main.js');\n`;

/** What goes into the npm package beside the built program. */
export interface NpmParts {
  licence: ArchiveFile;
  /** Licences of what the program holds. */
  legal: ArchiveFile;
  /** `kubectl-win.1`, roff. */
  manual: ArchiveFile;
}

/**
 * Packs the npm package, as `npm publish` and `npm install` take it: the built program with all that it needs in it, so that
 * npm fetches nothing else, and a launcher that is no shell script, for Windows. The checkout's own package is private, and is for those who
 * build.
 */
export async function npmPackage({licence, legal, manual}: NpmParts, homepage: string): Promise<Buffer> {
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--quiet'], {stdio: 'inherit'});
  const dist = join(root, 'dist');
  const built = readdirSync(dist)
    .toSorted()
    .map(name => fileOf(join(dist, name), `dist/${name}`));
  const files = [
    textFile('package.json', `${JSON.stringify(manifest(homepage), null, 2)}\n`),
    licence,
    legal,
    manual,
    fileOf(join(root, 'README.md'), 'README.md'),
    textFile('dist/complete.js', HOOK, true),
    ...built.map(file => (file.name === 'dist/main.js' ? byNode(file) : file)),
  ];
  return gzipSync(await tar(files.map(file => ({...file, name: `package/${file.name}`}))), {level: 9});
}

function byNode({name, contents}: ArchiveFile): ArchiveFile {
  return {name, contents: Buffer.concat([Buffer.from(BY_NODE), contents]), executable: true};
}

function textFile(name: string, text: string, executable = false): ArchiveFile {
  return {name, contents: Buffer.from(text), executable};
}

/** The checkout's `package.json`, without what is for those who build. */
function manifest(homepage: string): object {
  // Ours.
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const {name, version, description, license, type, engines} = own;
  return {
    name,
    version,
    description,
    keywords: ['kubernetes', 'kubectl', 'kubectl-plugin', 'windows', 'krew'],
    homepage,
    license,
    type,
    bin: {'kubectl-win': 'dist/main.js', 'kubectl_complete-win': 'dist/complete.js'},
    man: ['kubectl-win.1'],
    engines,
  };
}
