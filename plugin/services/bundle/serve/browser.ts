import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {attributes} from '../../../../src/report/xml.ts';

/** What opens a file in the browser of the user. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/bin/xdg-open'],
  darwin: ['/usr/bin/open'],
  win32: [String.raw`C:\Windows\explorer.exe`],
};

/** A file that leads to an address. */
export interface Door {
  /** Whether a program was asked to open it. */
  opened: boolean;
  remove(): void;
}

/**
 * Opens an address in the user's browser by way of a file that only the user may read: arguments of programs are seen by everybody
 * on the machine, and the address has the token in it.
 */
export function openInBrowser(address: string): Door {
  const [program, ...args] = OPENERS[process.platform] ?? [];
  if (program === undefined || !existsSync(program)) return {opened: false, remove: () => undefined};
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-serve-'));
  const file = join(folder, 'open.html');
  const refresh = attributes({'http-equiv': 'refresh', content: `0; url=${address}`});
  writeFileSync(file, `<!DOCTYPE html><meta${refresh}><title>kubectl win</title>\n`, {mode: 0o600});
  const child = spawn(program, [...args, file], {stdio: 'ignore', detached: true});
  child.on('error', () => undefined);
  child.unref();
  return {opened: true, remove: () => rmSync(folder, {recursive: true, force: true})};
}
