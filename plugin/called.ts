import type {Command} from '@oclif/core';
import {commands} from './commands.ts';

/** Every command, whatever flags each has. */
export const COMMANDS: Readonly<Record<string, Command.Class>> = commands;

/** The command that the first words call, of several the one with the most words, with its name. */
export function calledBy(argv: readonly string[]): [string, Command.Class] | undefined {
  return Object.entries(COMMANDS)
    .filter(([name]) => name.split(':').every((word, i) => argv[i] === word))
    .toSorted(([a], [b]) => b.length - a.length)[0];
}
