import {Errors} from '@oclif/core';
import {ExternalError, UserError} from './errors.ts';
import {maskSecrets} from '../src/redact/quoted.ts';
import {EXIT} from '../src/report/exit.ts';
import {visible} from '../src/report/visible.ts';
import {misuseOf} from './usage.ts';

/** How an error reads on a terminal, and the exit code it means. An empty text: nothing is left to say. */
export interface Failure {
  text: string;
  exitCode: number;
}

/**
 * Turns whatever was thrown into one clear line, with what to do; a stack only with `-v`. Names and answers of strangers
 * are part of it: nothing in it acts on a terminal, and no credential that somebody quoted is passed on.
 */
export function describeError(error: unknown, argv: readonly string[]): Failure {
  const {text, exitCode} = describe(error, argv);
  return {text: maskSecrets(text).split('\n').map(visible).join('\n'), exitCode};
}

function describe(error: unknown, argv: readonly string[]): Failure {
  if (error instanceof Errors.ExitError) return {text: '', exitCode: error.oclif.exit ?? 0};
  if (isAbort(error)) return {text: 'interrupted\n', exitCode: EXIT.interrupted};
  if (error instanceof UserError || error instanceof ExternalError) {
    const stack = wantsStack(argv) ? `${error.stack ?? ''}\n` : '';
    return {text: `${lines(`error: ${error.message}`, error.fix)}${stack}`, exitCode: error.exitCode};
  }
  if (error instanceof Errors.CLIError) {
    const {message, fix} = misuseOf(error, argv);
    return {text: lines(`error: ${message}`, fix), exitCode: EXIT.usage};
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `error: this is a bug of kubectl win, please report it with the lines below\n${detail}\n`,
    exitCode: EXIT.bug,
  };
}

function lines(first: string, rest: readonly string[]): string {
  return `${[first, ...rest.map(line => `  ${line}`)].join('\n')}\n`;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function wantsStack(argv: readonly string[]): boolean {
  return argv.some(word => word === '--verbose' || word.startsWith('-v'));
}
