import {isSea} from 'node:sea';

/** How this program starts itself again. */
export interface SelfCommand {
  readonly file: string;
  /** What comes before the words of the command. */
  readonly args: readonly string[];
}

/**
 * How to start this very program again: the packaged executable alone, or Node.js with the script it runs. Words for the
 * command are `process.argv.slice(2)` in both, as the executable has its script's name put in place of argv[1].
 */
export function selfCommand(): SelfCommand {
  const [, script = ''] = process.argv;
  return {file: process.execPath, args: isSea() ? [] : [script]};
}

/** Arguments that start the child named so (see `agent/child/children.ts`). */
export function childArguments(self: SelfCommand, name: string): string[] {
  return [...self.args, 'child', name];
}
