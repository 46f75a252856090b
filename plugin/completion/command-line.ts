import type {CommandSpec, FlagSpec} from './spec.ts';

/** What is being typed. */
export type Typing =
  | {at: 'command'; before: readonly string[]; word: string}
  | {at: 'flag'; command: CommandSpec; word: string; used: ReadonlySet<string>}
  | {at: 'value'; command: CommandSpec; flag: FlagSpec; word: string}
  | {at: 'argument'; command: CommandSpec; index: number; word: string};

/** A command line up to the cursor: what is being typed, and what was said before. */
export interface CommandLine {
  typing: Typing;
  /** Values of flags by name, as they were typed. */
  values: ReadonlyMap<string, readonly string[]>;
  args: readonly string[];
}

/**
 * Reads the words after the program's name, the last of which is being typed and may be empty. Undefined where they lead to
 * no command.
 */
export function readCommandLine(
  words: readonly string[],
  specs: readonly CommandSpec[],
): CommandLine | undefined {
  const word = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const command = commandOf(before, specs);
  if (!command) {
    const possible = specs.some(({words: call}) => before.every((w, i) => call[i] === w));
    return possible ? {typing: {at: 'command', before, word}, values: new Map(), args: []} : undefined;
  }
  const seen = new Seen(command);
  for (const typed of before.slice(command.words.length)) seen.take(typed);
  return {typing: seen.typing(word), values: seen.values, args: seen.args};
}

function commandOf(words: readonly string[], specs: readonly CommandSpec[]): CommandSpec | undefined {
  const called = specs.filter(({words: call}) => call.every((w, i) => words[i] === w));
  return called.toSorted((a, b) => b.words.length - a.words.length)[0];
}

class Seen {
  readonly values = new Map<string, string[]>();
  readonly args: string[] = [];
  readonly #command: CommandSpec;
  readonly #used = new Set<string>();
  #open: FlagSpec | undefined;
  #argumentsOnly = false;

  constructor(command: CommandSpec) {
    this.#command = command;
  }

  take(word: string): void {
    const open = this.#open;
    if (open) {
      this.#open = undefined;
      this.#value(open, word);
    } else if (this.#argumentsOnly || !word.startsWith('-') || word === '-') this.args.push(word);
    else if (word === '--') this.#argumentsOnly = true;
    else this.#flag(word);
  }

  typing(word: string): Typing {
    const command = this.#command;
    if (this.#open) return {at: 'value', command, flag: this.#open, word};
    if (this.#argumentsOnly || !word.startsWith('-')) {
      return {at: 'argument', command, index: this.args.length, word};
    }
    const [, name, value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    const flag = command.flags.find(f => f.name === name);
    if (flag?.takesValue && value !== undefined) return {at: 'value', command, flag, word: value};
    return {at: 'flag', command, word, used: this.#used};
  }

  #flag(word: string): void {
    const [, name = word.slice(2), value] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    const flag = word.startsWith('--')
      ? this.#command.flags.find(f => f.name === name)
      : this.#command.flags.find(f => f.char !== undefined && f.char === word[1]);
    if (!flag) return;
    this.#used.add(flag.name);
    if (!flag.takesValue) return;
    // `-nshop` is one word, too.
    const joined = word.startsWith('--') ? value : word.slice(2) || undefined;
    if (joined === undefined) this.#open = flag;
    else this.#value(flag, joined);
  }

  #value({name}: FlagSpec, value: string): void {
    this.values.set(name, [...(this.values.get(name) ?? []), value]);
  }
}
