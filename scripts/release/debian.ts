import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {SCRIPTS} from '../../plugin/completion/shells.ts';
import {DESCRIPTION} from './released.ts';
import type {ReleaseFacts} from './released.ts';

/** What a Debian package holds beside what is written here. */
export interface DebianParts {
  arch: 'amd64' | 'arm64';
  program: Uint8Array;
  /** kubectl's hook for completion. */
  hook: Uint8Array;
  /** `kubectl-win.1`, roff. */
  manual: string;
  licence: Uint8Array;
  /** Licences of what the program holds. */
  legal: Uint8Array;
}

/** Oldest C library that the program's Node.js runs with (https://github.com/nodejs/node/blob/v22.x/BUILDING.md#platform-list). */
const LIBC = '2.28';

/** When every file was changed, seconds: the same for everybody, so that the same parts give the same bytes. */
const TIME = Date.UTC(2026, 0, 1) / 1000;

/** Builds a Debian package with `dpkg-deb`, so far as this machine has it: `undefined` where it has not. */
export function debianPackage(facts: ReleaseFacts, parts: DebianParts): Buffer | undefined {
  const root = mkdtempSync(join(tmpdir(), 'kubectl-win-deb-'));
  try {
    const tree = join(root, 'tree');
    for (const [name, {contents, mode = 0o644}] of filesOf(facts, parts))
      put(join(tree, name), contents, mode);
    const output = join(root, 'package.deb');
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', tree, output], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {...process.env, SOURCE_DATE_EPOCH: String(TIME)},
    });
    return readFileSync(output);
  } catch (error) {
    // The error of a program that is not there.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(root, {recursive: true});
  }
}

type Files = Map<string, {contents: Uint8Array | string; mode?: number}>;

function filesOf(facts: ReleaseFacts, {arch, program, hook, manual, licence, legal}: DebianParts): Files {
  const files: Files = new Map([
    ['usr/bin/kubectl-win', {contents: program, mode: 0o755}],
    ['usr/bin/kubectl_complete-win', {contents: hook, mode: 0o755}],
    ['usr/share/man/man1/kubectl-win.1.gz', {contents: gzipSync(manual, {level: 9})}],
    ['usr/share/doc/kubectl-win/copyright', {contents: licence}],
    ['usr/share/doc/kubectl-win/third-party-notices.gz', {contents: gzipSync(legal, {level: 9})}],
    ['usr/share/bash-completion/completions/kubectl-win', {contents: SCRIPTS.bash}],
    ['usr/share/zsh/vendor-completions/_kubectl-win', {contents: SCRIPTS.zsh}],
    ['usr/share/fish/vendor_completions.d/kubectl-win.fish', {contents: SCRIPTS.fish}],
  ]);
  const bytes = [...files.values()].reduce((sum, {contents}) => sum + contents.length, 0);
  const control = [
    'Package: kubectl-win',
    `Version: ${facts.version}`,
    `Architecture: ${arch}`,
    'Section: admin',
    'Priority: optional',
    'Maintainer: kubectl win <maintainers@kubectl-win.invalid>',
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    `Depends: libc6 (>= ${LIBC}), libstdc++6`,
    `Homepage: ${facts.homepage}`,
    `Description: ${facts.summary}`,
    ` ${DESCRIPTION}`,
    '',
  ].join('\n');
  return files.set('DEBIAN/control', {contents: control});
}

function put(path: string, contents: Uint8Array | string, mode: number): void {
  mkdirSync(dirname(path), {recursive: true, mode: 0o755});
  writeFileSync(path, contents);
  chmodSync(path, mode);
  utimesSync(path, TIME, TIME);
}
