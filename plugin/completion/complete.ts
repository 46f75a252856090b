import type {CheckFacts} from '../../src/checks/catalogue.ts';
import {AREAS} from '../../src/checks/define.ts';
import type {CommandLine, Typing} from './command-line.ts';
import {readCommandLine} from './command-line.ts';
import type {LiveNames} from './live.ts';
import type {Candidate, Completion} from './protocol.ts';
import {DIRECTIVE, FILES, NOTHING} from './protocol.ts';
import type {CommandSpec, FlagSpec} from './spec.ts';
import type {ValueKind} from './values.ts';
import {ARGUMENT_VALUES, FLAG_VALUES, LISTS} from './values.ts';

/** What completing is done with. */
export interface CompletionPorts {
  commands: readonly CommandSpec[];
  checks: readonly Pick<CheckFacts, 'id' | 'title'>[];
  /** Made once it is known what the command line says of the cluster; asked only where names of it are wanted. */
  live: (line: CommandLine) => LiveNames;
}

/** Answers what fits after the words that were typed, the last of which is being typed. */
export async function complete(typed: readonly string[], ports: CompletionPorts): Promise<Completion> {
  const line = readCommandLine(typed, ports.commands);
  if (!line) return NOTHING;
  const {typing} = line;
  if (typing.at === 'command') return commandsAfter(typing.before, typing.word, ports.commands);
  if (typing.at === 'flag') return flagsOf(typing);
  const kind = kindOf(typing);
  if (kind === 'file') return FILES;
  const words = await wordsOf(kind, {line, ports});
  return typing.at === 'value' ? valuesOf(typing, words) : argumentsOf(typing, words, ports.commands);
}

function commandsAfter(
  before: readonly string[],
  word: string,
  commands: readonly CommandSpec[],
): Completion {
  const next = new Map<string, string>();
  for (const {words, summary} of commands) {
    const name = words[before.length];
    if (name === undefined || !before.every((w, i) => words[i] === w)) continue;
    const isLast = words.length === before.length + 1;
    if (!next.has(name) || isLast) next.set(name, isLast ? summary : `Commands of ${name}`);
  }
  return fitting(
    word,
    [...next].map(([value, description]) => ({value, description})),
  );
}

/** A command may be a topic, too: `completion bash` and `completion install`. */
function argumentsOf(
  {command, index, word}: Extract<Typing, {at: 'argument'}>,
  words: readonly Candidate[],
  commands: readonly CommandSpec[],
): Completion {
  const below = index === 0 ? commandsAfter(command.words, word, commands).candidates : [];
  return fitting(word, [...below, ...plain(command.args[index]?.options ?? []), ...words]);
}

function flagsOf({command, word, used}: Extract<Typing, {at: 'flag'}>): Completion {
  const open = command.flags.filter(flag => flag.repeats || !used.has(flag.name));
  const long = open.flatMap(({name, description, allowsNo}) => [
    {value: `--${name}`, description},
    ...(allowsNo ? [{value: `--no-${name}`, description}] : []),
  ]);
  const short = open.flatMap(({char, description}) => (char ? [{value: `-${char}`, description}] : []));
  return fitting(word, word === '-' ? [...short, ...long] : long);
}

function kindOf(typing: Extract<Typing, {at: 'value' | 'argument'}>): ValueKind | undefined {
  const name = typing.command.words.join(' ');
  if (typing.at === 'value') {
    const {flag} = typing;
    return FLAG_VALUES[`${name} ${flag.name}`] ?? FLAG_VALUES[flag.name];
  }
  const kinds = ARGUMENT_VALUES[name];
  return kinds?.[typing.index] ?? (name === 'lint' ? kinds?.at(-1) : undefined);
}

/** Values of a flag; of one that takes a list, what stands before the last comma is kept. */
function valuesOf({flag, word}: {flag: FlagSpec; word: string}, words: readonly Candidate[]): Completion {
  const given = flag.options.length > 0 ? flag.options.map(value => ({value})) : words;
  if (!flag.isList) return fitting(word, given);
  const cut = word.lastIndexOf(',') + 1;
  const kept = word.slice(0, cut);
  const taken = new Set(kept.split(','));
  return fitting(
    word,
    given.filter(({value}) => !taken.has(value)).map(c => ({...c, value: kept + c.value})),
  );
}

interface Place {
  line: CommandLine;
  ports: CompletionPorts;
  live: LiveNames;
}

/** Where words come from that are not always the same. Names of files are the shell's to complete. */
const SOURCES: Readonly<
  Record<Exclude<ValueKind, keyof typeof LISTS>, (place: Place) => Candidate[] | Promise<Candidate[]>>
> = {
  check: ({ports}) => [...plain(AREAS), ...checks(ports)],
  cluster: ({live}) => plain(live.clusters()),
  container: async ({line, live}) =>
    plain(await live.containers(line.args[0]?.replace(/^pods?\//, '') ?? '')),
  context: ({live}) => plain(live.contexts()),
  explainable: ({ports}) => checks(ports),
  file: () => [],
  'log-target': ({line, live}) => logTargets(line.typing.word, live),
  namespace: async ({live}) => plain(await live.names('namespaces')),
  'namespaced-pod': async ({live}) => plain(await live.namespacedNames('pods')),
  'namespaced-service': async ({live}) => plain(await live.namespacedNames('services')),
  node: async ({live}) => plain(await live.names('nodes')),
  'service-account': async ({live}) => plain(await live.names('serviceaccounts')),
  user: ({live}) => plain(live.users()),
  vip: async ({live}) => plain(await live.clusterIps()),
};

async function wordsOf(
  kind: ValueKind | undefined,
  {line, ports}: {line: CommandLine; ports: CompletionPorts},
): Promise<readonly Candidate[]> {
  if (kind === undefined) return [];
  return isListed(kind) ? plain(LISTS[kind]) : SOURCES[kind]({line, ports, live: ports.live(line)});
}

function isListed(kind: ValueKind): kind is keyof typeof LISTS {
  return Object.hasOwn(LISTS, kind);
}

/** Pods by name; a type opens a list of its own. */
async function logTargets(word: string, live: LiveNames): Promise<Candidate[]> {
  const [, prefix = ''] = /^(nodes?\/|pods?\/)/.exec(word) ?? [];
  if (prefix.startsWith('node')) return plain((await live.names('nodes')).map(name => prefix + name));
  if (prefix.startsWith('pod')) return plain((await live.names('pods')).map(name => prefix + name));
  return [...plain(await live.names('pods')), ...plain(LISTS['resource-type'])];
}

function checks(ports: CompletionPorts): Candidate[] {
  return ports.checks.map(({id, title}) => ({value: id, description: title}));
}

function plain(values: readonly string[]): Candidate[] {
  return values.map(value => ({value}));
}

/** What begins with the word that is being typed. A word that ends in `/` or `=` goes on. */
function fitting(word: string, all: readonly Candidate[]): Completion {
  const candidates = all.filter(({value}) => value.startsWith(word));
  const goesOn = candidates.length > 0 && candidates.every(({value}) => /[/=]$/.test(value));
  return {candidates, directive: DIRECTIVE.noFiles + (goesOn ? DIRECTIVE.noSpace : 0)};
}
