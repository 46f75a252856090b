import {commands} from '../../plugin/commands.ts';
import {BaseCommand} from '../../plugin/base-command.ts';
import {table} from './markdown.ts';

interface FlagFacts {
  char?: string;
  description?: string;
  hidden?: boolean;
  helpValue?: string | string[];
  options?: readonly string[];
  default?: unknown;
  env?: string;
  type: string;
}

/** Every command with its flags, as `--help` has them. */
export function commandReference(): string {
  const parts = ['# Commands\n'];
  for (const [name, command] of Object.entries(commands)) {
    parts.push(`## kubectl win ${name}\n`, `${command.summary ?? ''}\n`);
    if (command.description) parts.push(`${command.description}\n`);
    const flags: Record<string, FlagFacts> = {...command.flags, ...BaseCommand.baseFlags};
    const rows = Object.entries(flags)
      .filter(([, flag]) => !flag.hidden)
      .map(([flagName, flag]) => [usage(flagName, flag), meaning(flag), flag.env ? `\`${flag.env}\`` : '']);
    parts.push(table(['flag', 'meaning', 'environment'], rows));
  }
  return parts.join('\n');
}

function usage(name: string, flag: FlagFacts): string {
  const short = flag.char ? `-${flag.char}, ` : '';
  const value = flag.type === 'boolean' ? '' : ` ${valueOf(flag)}`;
  return `\`${short}--${name}${value}\``;
}

function valueOf({options, helpValue}: FlagFacts): string {
  if (options) return options.join('|');
  return [helpValue ?? 'VALUE'].flat().join(' ');
}

function meaning({description = '', default: standard}: FlagFacts): string {
  const scalar = typeof standard === 'string' || typeof standard === 'number';
  return scalar ? `${description} (default: ${standard})` : description;
}
