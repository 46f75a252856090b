import {spawn} from 'node:child_process';
import {accessSync, constants, statSync} from 'node:fs';
import {basename, delimiter, extname, isAbsolute, join} from 'node:path';

/** A program that shows text page by page. */
export interface Pager {
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** Says of a word of the command line that nothing is to be paged. */
const NO_PAGER = '--no-pager';
/** As git has it: no pager for one screen, colours as they are, the text stays on the screen. */
const LESS = 'FRX';
/** What Windows may run; a script would need a shell. */
const WINDOWS_PROGRAMS = ['.exe', '.com'];

export interface PagerChoice {
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'rows' | 'columns'>;
  argv: readonly string[];
  env: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
}

/**
 * The pager for a text, or undefined where it fits the terminal, there is none, or none is wanted: `--no-pager`,
 * `KUBECTL_WIN_NO_PAGER`, a pager that is empty or `cat`. Which one say `KUBECTL_WIN_PAGER` and `PAGER`, in this order; else
 * it is `less`, and on Windows none. Words are taken apart at spaces: no shell is asked.
 */
export function pagerFor(
  text: string,
  {stream, argv, env, platform = process.platform}: PagerChoice,
): Pager | undefined {
  if (!stream.isTTY || argv.includes(NO_PAGER) || isSet(env['KUBECTL_WIN_NO_PAGER'])) return undefined;
  if (env['TERM'] === 'dumb' || rowsOf(text, stream.columns) < stream.rows) return undefined;
  const wanted = env['KUBECTL_WIN_PAGER'] ?? env['PAGER'] ?? (platform === 'win32' ? '' : 'less');
  const [name = '', ...args] = wanted.split(/\s+/).filter(Boolean);
  if (name === '' || wanted.trim() === 'cat') return undefined;
  const file = onPath(name, env, platform);
  return file === undefined ? undefined : {file, args, env: {...env, LESS: env['LESS'] ?? LESS}};
}

/** Shows a text by a pager and waits until the user leaves it. False where the pager did not start. */
export async function showBy(text: string, {file, args, env}: Pager): Promise<boolean> {
  // Ctrl-C is the pager's: in less it ends a search, not the pager, and it shall not outlive us.
  process.on('SIGINT', ignore);
  try {
    return await new Promise<boolean>(resolve => {
      const child = spawn(file, args, {stdio: ['pipe', 'inherit', 'inherit'], env, windowsHide: false});
      child.on('error', () => resolve(false));
      child.on('close', () => resolve(true));
      // Who leaves before the end has seen enough.
      child.stdin.on('error', ignore);
      child.stdin.end(text);
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}

function ignore(): void {}

/** oclif's words for a switch that is on. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && ['true', '1', 'yes', 'y'].includes(value.toLowerCase());
}

/** Rows that a text takes on a terminal, without what only colours it. */
function rowsOf(text: string, columns: number): number {
  const lines = text
    .replaceAll(/\x1b\[[\d;]*m/g, '')
    .replace(/\n$/, '')
    .split('\n');
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / (columns || 80))), 0);
}

/** A program by its full path, never of the current directory, where anybody may have put one. */
function onPath(name: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  const suffixes = platform === 'win32' && extname(name) === '' ? WINDOWS_PROGRAMS : [''];
  const folders = isAbsolute(name)
    ? ['']
    : basename(name) === name
      ? (env['PATH'] ?? '').split(delimiter)
      : [];
  return folders
    .filter(folder => (folder === '' ? isAbsolute(name) : isAbsolute(folder)))
    .flatMap(folder => suffixes.map(suffix => join(folder, name + suffix)))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
