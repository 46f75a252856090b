import type {Command} from '@oclif/core';
import {COMMANDS} from './called.ts';
import type {Helped, HelpedFlag} from './short-help.ts';

/**
 * Of every command that is told, by the words that call it, what its short help tells. Builds put these data in place of this module: help needs neither
 * the commands nor their framework.
 */
export const HELPED: Readonly<Record<string, Helped>> = Object.fromEntries(
  Object.entries(COMMANDS)
    .filter(([, {hidden}]) => !hidden)
    .map(([id, {summary, examples, args, baseFlags, flags}]) => [
      id.replaceAll(':', ' '),
      {
        summary,
        examples,
        args: mapped(args, ({description, required, multiple, hidden}) => ({
          description,
          required,
          multiple,
          hidden,
        })),
        flags: mapped({...baseFlags, ...flags}, flagFacts),
      },
    ]),
);

function flagFacts(flag: Command.Flag.Any): HelpedFlag {
  const {type, char, hidden, helpGroup, summary, description} = flag;
  const value = flag.type === 'option' ? {helpValue: flag.helpValue, options: flag.options} : {};
  return {type, char, hidden, helpGroup, summary, description, ...value};
}

function mapped<T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}
