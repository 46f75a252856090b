import {nearest} from '../src/explain/nearest.ts';
import {commands} from './commands.ts';
import {commonFlags} from './flags.ts';

/** What somebody typed that is no use of the program: one line, and what to type instead. */
export interface Misuse {
  message: string;
  fix: string[];
}

const NAMES = Object.keys(commands);
/** The parser's lead-in, and what it appends for its own help. */
const PADDING = /^(?:The following errors? occurred:|See more help|Note: |Alternatively, )/;

/** Says in our own words what the parser of the command line did not like. */
export function misuseOf(error: Error, argv: readonly string[]): Misuse {
  const [first = ''] = argv;
  const command = Object.entries(commands).find(([name]) => name === first)?.[1];
  if (!command) {
    if (/not found/.test(error.message)) return unknownCommand(first);
    return {message: oneLine(error.message), fix: ['Flags: `kubectl win --help`']};
  }
  const help = `Flags: \`kubectl win ${first} --help\``;
  const flags = wordsIn(error, 'flags');
  if (error.message.startsWith('Nonexistent flag') && flags.length > 0) {
    const known = Object.keys({...commonFlags, ...command.flags}).map(name => `--${name}`);
    const guesses = flags.flatMap(flag => nearest(flag, known) ?? []);
    return {
      message: `there is no flag ${flags.map(flag => `\`${flag}\``).join(', ')}`,
      fix: [...(guesses.length > 0 ? [`Did you mean \`${guesses.join(' ')}\`?`] : []), help],
    };
  }
  if (/^Missing \d+ required arg/.test(error.message)) {
    const wanted = Object.entries(command.args).map(
      ([name, {description}]) => `${name.toUpperCase()}: ${description}`,
    );
    return {message: `\`kubectl win ${first}\` needs ${wanted.join(', ')}`, fix: [help]};
  }
  if (/not found/.test(error.message)) {
    const extra = argv.slice(1).find(word => !word.startsWith('-')) ?? '';
    return {message: `\`kubectl win ${first}\` takes no argument "${extra}"`, fix: [help]};
  }
  return {message: oneLine(error.message), fix: [help]};
}

function unknownCommand(word: string): Misuse {
  const guess = nearest(word, NAMES);
  return {
    message: `there is no command "${word}"`,
    fix: [...(guess ? [`Did you mean \`kubectl win ${guess}\`?`] : []), 'Commands: `kubectl win --help`'],
  };
}

/** The words that an error of the parser carries in a field of its own. */
function wordsIn(error: Error, field: string): string[] {
  const value: unknown = Reflect.get(error, field);
  return Array.isArray(value) ? value.map(String) : [];
}

function oneLine(message: string): string {
  return message
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !PADDING.test(line))
    .join('; ');
}
