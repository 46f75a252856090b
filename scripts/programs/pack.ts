import {execFile} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {promisify} from 'node:util';
import {blankSymbols} from './symbols.ts';

const ELF = Buffer.from('\x7FELF');
const MACH_O = /-macos-/;

const run = promisify(execFile);

/** Each signs a program with no identity (`ad hoc`), which macOS asks of everything that it runs. */
const SIGNERS = {codesign: ['--force', '--sign', '-'], ldid: ['-Cadhoc', '-S']} as const;

/** The packager, from our own lockfile. */
export const PKG = join(import.meta.dirname, '..', '..', 'node_modules', '@yao-pkg', 'pkg');

/** What pkg works on. */
export interface Packing {
  /** Folder with a `package.json` that names the script and its assets. */
  stage: string;
  /** Executable to write. */
  output: string;
  /** `node22.23.3-win-x64` */
  target: string;
  /** Home folder with the Node.js to use (see `runtime`). */
  home: string;
}

/** Packs a script into a Node.js single executable application, without asking the network for anything. */
export async function pack({stage, output, target, home}: Packing): Promise<void> {
  const args = [
    join(PKG, 'lib-es5', 'bin.js'),
    join(stage, 'package.json'),
    '--sea',
    '--targets',
    target,
    '--output',
    output,
    '--no-signature',
  ];
  await run(process.execPath, args, {
    cwd: stage,
    env: {...process.env, HOME: home, TMPDIR: '/tmp'},
    maxBuffer: 16 * 1024 * 1024,
  });
  const program = readFileSync(output);
  forgetFolder(program);
  if (program.subarray(0, 4).equals(ELF)) blankSymbols(program);
  writeFileSync(output, program);
  // Last, since a signature covers every byte.
  if (MACH_O.test(target)) await sign(output);
}

/** A program of this machine that can sign for macOS: `codesign` of a Mac, or `ldid` anywhere. */
export function signer(path = process.env['PATH'] ?? ''): keyof typeof SIGNERS | undefined {
  const names = Object.keys(SIGNERS) as (keyof typeof SIGNERS)[]; // its own keys
  return names.find(name => path.split(delimiter).some(folder => existsSync(join(folder, name))));
}

async function sign(program: string): Promise<void> {
  const name = signer();
  if (!name) throw new Error('a program for macOS must be signed: run this on a Mac, or install ldid');
  await run(name, [...SIGNERS[name], program]);
}

/** pkg works in `/tmp/pkg-sea-XXXXXX`, and that path gets into the program: only without it are two builds the same. */
function forgetFolder(bytes: Buffer): void {
  const marker = Buffer.from('/tmp/pkg-sea-');
  for (let at = bytes.indexOf(marker); at !== -1; at = bytes.indexOf(marker, at + 1)) {
    bytes.fill('0', at + marker.length, at + marker.length + 6);
  }
}
