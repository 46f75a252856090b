import {commands} from '../../plugin/commands.ts';
import {BaseCommand} from '../../plugin/base-command.ts';
import {flagUsage, flagsOf, meaningOf} from './flags.ts';

/** Exit codes, as every command has them. */
const EXIT_CODES: readonly [number, string][] = [
  [0, 'nothing at or above --fail-on; nothing to diagnose'],
  [1, 'something is'],
  [2, 'a wrong flag, argument or input file'],
  [3, 'it could not run: no cluster, no capture, no right to read anything'],
  [4, 'only with --strict: nothing found, but evidence was missing'],
  [70, 'a bug of ours'],
  [130, 'interrupted'],
];

/** The manual page `kubectl-win(1)`, in the macros of man(7). */
export function manualPage({version, summary}: {version: string; summary: string}): string {
  const lines = [
    `.TH KUBECTL\\-WIN 1 "" ${quoted(`kubectl win ${version}`)} "User Commands"`,
    '.SH NAME',
    text(`kubectl-win - ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`),
    '.SH SYNOPSIS',
    '.B kubectl win',
    '.I command',
    '[ arguments ] [ flags ]',
    '.SH COMMANDS',
  ];
  for (const [name, command] of Object.entries(commands)) {
    lines.push(`.SS ${quoted(`kubectl win ${name.replaceAll(':', ' ')}`)}`);
    lines.push(text(command.summary ?? ''));
    for (const part of (command.description ?? '').split('\n\n')) if (part) lines.push('.PP', text(part));
    for (const flag of flagsOf(command.flags)) lines.push(...tagged(flagUsage(flag), meaningOf(flag)));
  }
  lines.push('.SH FLAGS OF EVERY COMMAND');
  for (const flag of flagsOf(BaseCommand.baseFlags)) lines.push(...tagged(flagUsage(flag), meaningOf(flag)));
  lines.push('.SH ENVIRONMENT', text('Every flag can be set by its name: KUBECTL_WIN_NODE for --node.'));
  lines.push('.SH EXIT STATUS');
  for (const [code, meaning] of EXIT_CODES) lines.push(...tagged(String(code), meaning));
  lines.push('.SH SEE ALSO', '.BR kubectl (1)');
  return `${lines.join('\n')}\n`;
}

function tagged(tag: string, meaning: string): string[] {
  return ['.TP', `.B ${text(tag)}`, text(meaning)];
}

/** Escapes what roff would read as its own: backslashes, hyphens that people copy, and control characters at a line's start. */
function text(words: string): string {
  return words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^[.']/gm, String.raw`\&$&`);
}

function quoted(words: string): string {
  return `"${text(words).replaceAll('"', '""')}"`;
}
