import {execFile} from 'node:child_process';
import {closeSync, existsSync, openSync, readFileSync, writeSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {promisify} from 'node:util';
import {blankSymbols} from './symbols.ts';

const ELF = Buffer.from('\x7FELF');
const MACH_O = /-macos-/;

const run = promisify(execFile);

/** Each signs a program with no identity (`ad hoc`), which macOS asks of everything that it runs. */
const SIGNERS = {
  codesign: ['--force', '--sign', '-'],
  ldid: ['-Cadhoc', '-S'],
  quill: ['sign', '--ad-hoc', '--identity', 'kubectl-win'],
} as const;

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
  writeInPieces(output, program);
  // Last, since a signature covers every byte.
  if (MACH_O.test(target)) await sign(output);
}

/** What containerd writes at a time when it unpacks a layer. */
const PIECE = 32 * 1024;

/**
 * Replaces a file as containerd would lay it down. What is written at once Linux may keep in memory, and map, in pages of 2 MiB
 * of which each counts as a whole for the process that touches it: the same agent then has 32 MB more than on any node.
 */
function writeInPieces(file: string, bytes: Uint8Array): void {
  const fd = openSync(file, 'w');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, Math.min(PIECE, bytes.length - at));
  } finally {
    closeSync(fd);
  }
}

/** A program of this machine that can sign for macOS: `codesign` of a Mac, or `ldid` or `quill` anywhere. */
export function signer(path = process.env['PATH'] ?? ''): keyof typeof SIGNERS | undefined {
  const names = Object.keys(SIGNERS) as (keyof typeof SIGNERS)[]; // its own keys
  return names.find(name => path.split(delimiter).some(folder => existsSync(join(folder, name))));
}

async function sign(program: string): Promise<void> {
  const name = signer();
  if (!name)
    throw new Error('a program for macOS must be signed: run this on a Mac, or install ldid or quill');
  await run(name, [...SIGNERS[name], program]);
}

/** pkg works in `/tmp/pkg-sea-XXXXXX`, and that path gets into the program: only without it are two builds the same. */
function forgetFolder(bytes: Buffer): void {
  const marker = Buffer.from('/tmp/pkg-sea-');
  for (let at = bytes.indexOf(marker); at !== -1; at = bytes.indexOf(marker, at + 1)) {
    bytes.fill('0', at + marker.length, at + marker.length + 6);
  }
}
