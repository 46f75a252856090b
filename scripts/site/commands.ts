import type {Command} from '@oclif/core';
import {commands} from '../../plugin/commands.ts';
import {BaseCommand} from '../../plugin/base-command.ts';
import {flagsOf, flagUsage, meaningOf} from '../docs/flags.ts';
import {table} from '../docs/markdown.ts';

/** A page of Markdown for each command, by the words that call it. */
export function commandPages(): Map<string, string> {
  return new Map(
    Object.entries(commands).map(([id, command]) => {
      const name = id.replaceAll(':', ' ');
      const examples: readonly Command.Example[] = command.examples ?? [];
      const args = Object.entries(command.args ?? {}).map(([arg, {description = ''}]) => [
        `\`${arg.toUpperCase()}\``,
        description,
      ]);
      const flags = flagsOf({...command.flags, ...BaseCommand.baseFlags}).map(flag => [
        `\`${flagUsage(flag)}\``,
        meaningOf(flag),
        flag.env ? `\`${flag.env}\`` : '',
      ]);
      return [
        name,
        [
          `# kubectl win ${name}`,
          command.summary ?? '',
          command.description ?? '',
          '## Examples',
          ...examples.map(exampleOf),
          ...(args.length > 0 ? ['## Arguments', table(['argument', 'meaning'], args)] : []),
          '## Flags',
          table(['flag', 'meaning', 'environment'], flags),
        ].join('\n\n'),
      ];
    }),
  );
}

/** An example of a command, with or without words about it. */
interface Example {
  command: string;
  description?: string;
}

function exampleOf(example: Command.Example): string {
  const {command, description}: Example = typeof example === 'string' ? {command: example} : example;
  const code = `\`\`\`sh\n${command.replaceAll('<%= config.bin %>', 'kubectl win')}\n\`\`\``;
  return description === undefined ? code : `${description}:\n\n${code}`;
}
