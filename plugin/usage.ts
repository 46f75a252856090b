import {nearest} from '../src/explain/nearest.ts';
import {calledBy, COMMANDS} from './called.ts';
import {commonFlags} from './flags.ts';

/** What somebody typed that is no use of the program: one line, and what to type instead. */
export interface Misuse {
  message: string;
  fix: string[];
}

const NAMES = Object.keys(COMMANDS);
/** The parser's lead-in, and what it appends for its own help. */
const PADDING = /^(?:The following errors? occurred:|See more help|Note: |Alternatively, )/;

/** How the parser says that a flag or an argument has values of its own, and what was given is none of them. */
const AMONG = /^Expected (?:--?(?<flag>[\w-]+)=)?(?<given>[^]*) to be one of: (?<options>[^\n]*)/;

/** Says in our own words what the parser of the command line did not like. */
export function misuseOf(error: Error, argv: readonly string[]): Misuse {
  const [name = '', command] = calledBy(argv) ?? [];
  const first = name.replaceAll(':', ' ');
  if (!command) {
    if (/not found/.test(error.message)) return unknownCommand(argv);
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
  const among = AMONG.exec(error.message)?.groups;
  if (among) {
    const {flag = '', given = '', options = ''} = among;
    const guess = nearest(given, options.split(', '));
    const called = flag ? `--${flag}` : `kubectl win ${first}`;
    return {
      message: `\`${called}\` takes no "${given}" but one of ${options}`,
      fix: [...(guess ? [`Did you mean \`${called} ${guess}\`?`] : []), help],
    };
  }
  if (/^Missing \d+ required arg/.test(error.message)) {
    const wanted = Object.entries(command.args).map(
      ([name, {description}]) => `${name.toUpperCase()}: ${description}`,
    );
    return {message: `\`kubectl win ${first}\` needs ${wanted.join(', ')}`, fix: [help]};
  }
  if (/not found/.test(error.message)) {
    const extra = argv.slice(first.split(' ').length).find(word => !word.startsWith('-')) ?? '';
    const guess = nearest(extra, commandsBelow(first));
    const fix = guess ? [`Did you mean \`kubectl win ${first} ${guess}\`?`, help] : [help];
    return {message: `\`kubectl win ${first}\` takes no argument "${extra}"`, fix};
  }
  return {message: oneLine(error.message), fix: [help]};
}

/** Names of the commands of a topic, or below a command of one word. */
function commandsBelow(topic: string): string[] {
  return NAMES.filter(name => name.startsWith(`${topic}:`)).map(name => name.split(':')[1] ?? '');
}

/** Of a topic that exists its commands are compared, else all. */
function unknownCommand(argv: readonly string[]): Misuse {
  const [first = '', second = ''] = argv;
  if (first.startsWith('-'))
    return {
      message: `a command comes first, then its flags: \`kubectl win COMMAND ${first}\``,
      fix: ['Commands: `kubectl win --help`'],
    };
  const below = commandsBelow(first);
  if (below.length > 0) {
    const guess = nearest(second, below);
    return {
      message: `there is no command "${first} ${second}"`,
      fix: [
        ...(guess ? [`Did you mean \`kubectl win ${first} ${guess}\`?`] : []),
        `Commands: \`kubectl win ${first} --help\``,
      ],
    };
  }
  const guess = nearest(first, [...new Set(NAMES.map(name => name.split(':')[0] ?? ''))]);
  return {
    message: `there is no command "${first}"`,
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
