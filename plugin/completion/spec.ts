import type {Command} from '@oclif/core';

/** A flag as far as completing it needs. */
export interface FlagSpec {
  name: string;
  char?: string;
  description: string;
  /** Whether a word follows it. */
  takesValue: boolean;
  /** Whether it may stand twice. */
  repeats: boolean;
  /** Whether it takes a list with commas. */
  isList: boolean;
  options: readonly string[];
  /** `--no-NAME` exists, too. */
  allowsNo: boolean;
}

/** A command as far as completing it needs. */
export interface CommandSpec {
  /** The words that call it: `agent`, `install`. */
  words: readonly string[];
  summary: string;
  flags: readonly FlagSpec[];
  /** Its arguments, in order, with what each may be where that is fixed. */
  args: readonly {name: string; options: readonly string[]}[];
}

/** Reads the commands; what is hidden is left out. */
export function specsOf(commands: Readonly<Record<string, Command.Class>>): CommandSpec[] {
  return Object.entries(commands)
    .filter(([, command]) => !command.hidden)
    .map(([id, command]) => ({
      words: id.split(':'),
      summary: command.summary ?? '',
      args: Object.entries(command.args ?? {}).map(([name, {options = []}]) => ({name, options})),
      flags: Object.entries({...command.baseFlags, ...command.flags})
        .filter(([, flag]) => !flag.hidden)
        .map(([name, flag]) => flagSpec(name, flag)),
    }));
}

function flagSpec(name: string, flag: Command.Flag.Any): FlagSpec {
  const common = {name, ...(flag.char && {char: flag.char}), description: flag.description ?? ''};
  if (flag.type === 'boolean') {
    return {
      ...common,
      takesValue: false,
      repeats: false,
      isList: false,
      options: [],
      allowsNo: flag.allowNo ?? false,
    };
  }
  return {
    ...common,
    takesValue: true,
    repeats: flag.multiple ?? false,
    isList: 'delimiter' in flag && flag.delimiter === ',',
    options: flag.options ?? [],
    allowsNo: false,
  };
}
