import type {Command} from '@oclif/core';
import {calledBy, COMMANDS} from './called.ts';
import {PAGER_VARIABLE, settingsFor} from './settings.ts';
import {setVerbosity, step} from './verbosity.ts';

/**
 * Flags of the environment and of the file of settings become what the parser takes. A variable of a list becomes a flag, as oclif takes its
 * value for one word or, where a flag repeats, for its letters; a setting becomes a variable or, where it repeats, flags. What is typed
 * counts more than the environment, and that more than settings.
 */
export async function withDefaults(argv: string[]): Promise<string[]> {
  const [name, command] = calledBy(argv) ?? [];
  if (name === undefined || !command || argv.some(word => HELP.has(word))) return argv;
  const words = name.split(':').length;
  const rest = argv.slice(words);
  const flags: Record<string, Command.Flag.Any> = {...command.baseFlags, ...command.flags};
  const isTyped = (flagName: string): boolean =>
    rest.some(word => names(word, flagName, flags[flagName]?.char));
  setVerbosity(verbosityOf(argv));
  const settings = await settingsFor(name, COMMANDS, process.env);
  const lists = Object.entries(flags).flatMap(([flagName, flag]) => {
    const {env: variable = ''} = flag;
    const repeats = 'multiple' in flag && flag.multiple;
    const value = process.env[variable];
    if (value && repeats) {
      delete process.env[variable];
      return isTyped(flagName) ? [] : [`--${flagName}=${value}`];
    }
    const set = value === undefined ? settings.get(variable) : undefined;
    if (set === undefined || isTyped(flagName) || excludedBy(flagName, flags).some(isTyped)) return [];
    step(`${set.where}: --${flagName} is ${set.values.join(', ')}`);
    if (repeats) return set.values.map(one => `--${flagName}=${one}`);
    process.env[variable] = set.values.join(',');
    return [];
  });
  const pager = settings.get(PAGER_VARIABLE);
  if (pager) process.env[PAGER_VARIABLE] ??= pager.values.join(' ');
  setVerbosity(verbosityOf(argv));
  return [...argv.slice(0, words), ...lists, ...rest];
}

/** Flags that cannot stand beside this one, whichever of the two says so. */
function excludedBy(name: string, flags: Readonly<Record<string, Command.Flag.Any>>): string[] {
  const others = Object.entries(flags).filter(([, {exclusive = []}]) => exclusive.includes(name));
  return [...(flags[name]?.exclusive ?? []), ...others.map(([other]) => other)];
}

/** The level of `-v`, which has to be known before the parser reads it. */
function verbosityOf(argv: readonly string[]): number {
  const at = argv.findIndex(word => /^(?:-v|--verbose)/.test(word));
  const digits = /^(?:-v|--verbose)=?(\d*)$/.exec(argv[at] ?? '')?.[1] || argv[at + 1];
  return at < 0 ? Number(process.env['KUBECTL_WIN_VERBOSE']) || 0 : Number(digits) || 0;
}

const HELP = new Set(['--help', '-h']);

/** Whether a word of the command line gives this flag. */
function names(word: string, flag: string, char: string | undefined): boolean {
  return (
    word === `--${flag}` ||
    word === `--no-${flag}` ||
    word.startsWith(`--${flag}=`) ||
    (char !== undefined && word.startsWith(`-${char}`))
  );
}
