import {commands} from '../../plugin/commands.ts';
import {BaseCommand} from '../../plugin/base-command.ts';
import {flagUsage, flagsOf, meaningOf} from './flags.ts';
import {table} from './markdown.ts';

/** Every command with its flags, as `--help` has them. */
export function commandReference(): string {
  const parts = ['# Commands\n'];
  for (const [name, command] of Object.entries(commands)) {
    parts.push(`## kubectl win ${name.replaceAll(':', ' ')}\n`, `${command.summary ?? ''}\n`);
    if (command.description) parts.push(`${command.description}\n`);
    const rows = flagsOf({...command.flags, ...BaseCommand.baseFlags}).map(flag => [
      `\`${flagUsage(flag)}\``,
      meaningOf(flag),
      flag.env ? `\`${flag.env}\`` : '',
    ]);
    parts.push(table(['flag', 'meaning', 'environment'], rows));
  }
  return parts.join('\n');
}
