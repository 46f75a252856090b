import {execFile, execFileSync, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {extract} from 'tar-stream';
import {buildOnce} from '../cache/build-once.ts';
import {cacheRoot} from '../cache/places.ts';
import type {LayerFile} from './layer.ts';

const run = promisify(execFile);

/** Packages of Debian that hold what Node.js is linked against (`readelf -d`). */
const PACKAGES = ['libc6', 'libgcc-s1', 'libstdc++6'];
const LIBRARIES = [
  'libc.so.6',
  'libdl.so.2',
  'libgcc_s.so.1',
  'libm.so.6',
  'libpthread.so.0',
  'libstdc++.so.6',
];

/** Where the C library's own search and the program's header look. */
const PLACES = {
  amd64: {libraries: 'lib/x86_64-linux-gnu', loader: 'lib64/ld-linux-x86-64.so.2'},
  arm64: {libraries: 'lib/aarch64-linux-gnu', loader: 'lib/ld-linux-aarch64.so.1'},
} as const;

export type LinuxArchitecture = keyof typeof PLACES;

/** The C and C++ libraries of Debian for an architecture, with their licences, and which versions they are. */
export interface Libraries {
  readonly files: readonly LayerFile[];
  /** `libc6 2.36-9+deb12u14` */
  readonly versions: readonly string[];
}

/**
 * Fetches the libraries by apt, which checks Debian's signatures, for this or another architecture, without touching the
 * machine's own packages. They are kept in the cache until that is emptied: an image is made anew with the same bytes.
 */
export async function linuxLibraries(
  arch: LinuxArchitecture,
  say: (line: string) => void,
): Promise<Libraries> {
  const folder = await buildOnce(join(cacheRoot, 'agent', `libraries-${arch}`), {
    what: `the C library for linux/${arch} (fetched from Debian by apt, once)`,
    say,
    make: async half => {
      const archives = await download(arch, join(half, 'apt'));
      const versions: string[] = [];
      for (const archive of archives) {
        versions.push(describe(archive));
        await unpack(archive, {arch, into: join(half, 'root')});
      }
      rmSync(join(half, 'apt'), {recursive: true});
      writeFileSync(join(half, 'versions'), versions.join('\n'));
      const missing = LIBRARIES.filter(name => !existsSync(join(half, 'root', PLACES[arch].libraries, name)));
      if (missing.length > 0) throw new Error(`Debian's packages hold no ${missing.join(', ')} for ${arch}`);
    },
  });
  const root = join(folder, 'root');
  const files = readdirSync(root, {recursive: true, withFileTypes: true})
    .filter(entry => entry.isFile())
    .map(({parentPath, name}) => join(parentPath, name))
    .map(path => ({
      path: path.slice(root.length + 1),
      contents: readFileSync(path),
      executable: basename(path).startsWith('ld-linux'),
    }));
  return {files, versions: readFileSync(join(folder, 'versions'), 'utf8').split('\n')};
}

/** Lists and archives go into a folder of their own, whatever architectures the machine itself has. */
async function download(arch: LinuxArchitecture, folder: string): Promise<string[]> {
  mkdirSync(join(folder, 'lists', 'partial'), {recursive: true});
  mkdirSync(join(folder, 'cache', 'archives', 'partial'), {recursive: true});
  const options = {
    'APT::Architecture': arch,
    'APT::Architectures': arch,
    // apt's own user could not write here.
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Debug::NoLocking': '1',
    'Dir::Cache': join(folder, 'cache'),
    'Dir::State::Lists': join(folder, 'lists'),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  for (const args of [['update'], ['download', ...PACKAGES]]) {
    await run('apt-get', ['-qq', ...flags, ...args], {cwd: folder}).catch((error: unknown) => {
      const reason =
        error instanceof Error ? error.message.split('\n').slice(0, 3).join('; ') : String(error);
      throw new Error(
        `the C library for linux/${arch} comes from Debian, and apt-get could not fetch it: ${reason}`,
      );
    });
  }
  return readdirSync(folder)
    .filter(name => name.endsWith('.deb'))
    .toSorted()
    .map(name => join(folder, name));
}

function describe(archive: string): string {
  return execFileSync('dpkg-deb', ['--show', archive], {encoding: 'utf8'}).trim().replace('\t', ' ');
}

/** Takes the libraries, the loader and the licence out of a package. */
async function unpack(archive: string, {arch, into}: {arch: LinuxArchitecture; into: string}): Promise<void> {
  const dpkg = spawn('dpkg-deb', ['--fsys-tarfile', archive], {stdio: ['ignore', 'pipe', 'inherit']});
  const files = new Map<string, Buffer>();
  const links = new Map<string, string>();
  for await (const entry of dpkg.stdout.pipe(extract())) {
    const {name, type, linkname} = entry.header;
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
    if (type === 'file' && /\/copyright$|\.so[.\d]*$/.test(name)) files.set(name, Buffer.concat(chunks));
    if (type === 'symlink' && linkname) links.set(basename(name), basename(linkname));
  }
  const put = (path: string, contents: Uint8Array): void => {
    mkdirSync(dirname(join(into, path)), {recursive: true});
    writeFileSync(join(into, path), contents);
  };
  const {libraries, loader} = PLACES[arch];
  const byName = new Map([...files].map(([path, contents]) => [basename(path), contents]));
  for (const name of LIBRARIES) {
    const contents = byName.get(name) ?? byName.get(links.get(name) ?? '');
    if (contents) put(`${libraries}/${name}`, contents);
  }
  const program = byName.get(basename(loader));
  if (program) put(loader, program);
  for (const [path, contents] of files)
    if (path.endsWith('/copyright')) put(path.replace(/^\.\//, ''), contents);
}
