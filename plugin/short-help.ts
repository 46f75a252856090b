import {columnsOf, cutTo, padTo, wrap} from '../src/report/columns.ts';

/** What a screen holds, where nobody says how large it is: help that is longer says less of what is asked for least. */
export const SCREEN = {lines: 48, columns: 80} as const;
/** No terminal is smaller, and a line of it is for the next prompt. */
const LEAST = {lines: 24, taken: 1};
/** Wider lines are hard to read. */
const MAX_COLUMNS = 100;
/** Columns that names of flags may take; what a longer one means stands on the next line. */
const MAX_NAME = 32;
/** Shown by name only: who knows kubectl knows them, and the program's own are told by `--all`. */
const ALWAYS_FOLDED = ['CLUSTER', 'GLOBAL'];
/** What is folded where there is no room, the first first. */
const FOLDED_NEXT = ['PUBLISH', 'CHECKS', 'NODES', 'SCOPE', 'OUTPUT', 'FILTER', 'PODS'];
/** Examples where there is little room, and where there is least. */
const EXAMPLES = [4, 2, 1] as const;

/** What people begin with. */
const FIRST_EXAMPLES = [
  {command: 'kubectl win doctor', description: 'What is wrong, and why'},
  {command: 'kubectl win doctor --from bundle.tar.gz', description: 'Without a cluster'},
  {command: 'kubectl win lint deploy/', description: 'Before it is applied'},
  {command: 'kubectl win explain 0x803b0013', description: 'What a code or a check means'},
  {command: 'kubectl win agent install', description: 'To see what only a node knows'},
];

/** What help needs to know of a flag. */
export interface HelpedFlag {
  type: 'boolean' | 'option';
  char?: string | undefined;
  hidden?: boolean | undefined;
  helpGroup?: string | undefined;
  helpValue?: string | string[] | undefined;
  options?: readonly string[] | undefined;
  summary?: string | undefined;
  description?: string | undefined;
}

/** What help needs to know of an argument. */
export interface HelpedArgument {
  description?: string | undefined;
  required?: boolean | undefined;
  multiple?: boolean | undefined;
  hidden?: boolean | undefined;
}

/** What help needs to know of a command. */
export interface Helped {
  summary?: string | undefined;
  examples?: readonly (string | {command: string; description: string})[] | undefined;
  flags: Readonly<Record<string, HelpedFlag>>;
  args: Readonly<Record<string, HelpedArgument>>;
  /** Names and summaries of the commands below it. */
  below?: readonly Row[];
}

/** How large the terminal is; undefined where there is none. */
export interface Screen {
  columns?: number | undefined;
  rows?: number | undefined;
}

/** A flag, an argument or a command, and what it means. */
type Row = readonly [string, string];

/**
 * Help that fits a screen: what the command does, examples, and its flags, a line each where it must be. Everything else is in the long
 * form, which the last line names.
 */
export function shortHelp(name: string, command: Helped, screen: Screen = {}): string {
  const width = Math.min(screen.columns ?? SCREEN.columns, MAX_COLUMNS);
  const isSmall = roomOf(screen.rows) < SCREEN.lines;
  const groups = new Set(Object.values(command.flags).map(({helpGroup = ''}) => helpGroup));
  const own = [...groups].filter(
    group => group !== '' && ![...ALWAYS_FOLDED, ...FOLDED_NEXT].includes(group),
  );
  // What only one command has is folded where there is no other way.
  const foldable = [...FOLDED_NEXT, ...own.toReversed(), ''];
  const folds = [...foldable, undefined].map((_, i) => [...ALWAYS_FOLDED, ...foldable.slice(0, i)]);
  const [most, ...fewer] = EXAMPLES;
  const layouts: Omit<Layout, 'width' | 'isSmall'>[] = [
    {terse: false, folded: ALWAYS_FOLDED},
    ...folds.map(folded => ({terse: true, examples: most, folded})),
    ...fewer.map(examples => ({terse: true, examples, folded: folds.at(-1) ?? []})),
  ];
  return firstThatFits(
    layouts.map(layout => () => render(name, command, {width, isSmall, ...layout})),
    screen,
  );
}

/** The first of several layouts that a terminal has room for, or the last. */
function firstThatFits(layouts: readonly (() => string[])[], {columns, rows}: Screen): string {
  const room = roomOf(rows);
  const taken = (lines: readonly string[]): number =>
    lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / (columns ?? Infinity))), 0);
  let lines: string[] = [];
  for (const layout of layouts) {
    lines = layout();
    if (taken(lines) <= room) break;
  }
  return lines.join('\n');
}

/** Lines that help may have. */
function roomOf(rows: number | undefined): number {
  if (rows === undefined) return SCREEN.lines;
  return Math.min(SCREEN.lines, Math.max(LEAST.lines, rows) - LEAST.taken);
}

/** Help of the program itself, or of a topic: what it does, what to begin with, and its commands in one list. */
export function listHelp(
  topic: string,
  {summary, rows}: {summary: string; rows: readonly Row[]},
  screen: Screen = {},
): string {
  const width = Math.min(screen.columns ?? SCREEN.columns, MAX_COLUMNS);
  const left = Math.max(0, ...rows.map(([name]) => columnsOf(name)));
  const called = ['kubectl win', ...(topic === '' ? [] : [topic]), 'COMMAND'].join(' ');
  const examples = topic === '' ? FIRST_EXAMPLES : [];
  const drawn = (most: number, terse: boolean): string[] => [
    ...wrap(summary, width),
    '',
    `Usage: ${called} [flags]`,
    ...section('Examples', examplesOf({examples}, width).slice(0, most).flat()),
    ...section(
      'Commands',
      rows.flatMap(row => lineOf(row, {left, width, terse})),
    ),
    '',
    ...wrap(`Flags and examples of a command: ${called} --help`, width),
  ];
  const layouts = [() => drawn(examples.length, false), ...EXAMPLES.map(most => () => drawn(most, true))];
  return firstThatFits(layouts, screen);
}

interface Layout {
  width: number;
  /** One line for each flag, however much it could say. */
  terse: boolean;
  /** At most so many; undefined: all. */
  examples?: number;
  folded: readonly string[];
  /** Then nothing is said of what users of kubectl know. */
  isSmall: boolean;
}

function render(name: string, command: Helped, {width, terse, examples, folded, isSmall}: Layout): string[] {
  const flags = Object.entries(command.flags)
    .filter(([, flag]) => !flag.hidden)
    .map(([flagName, flag]) => ({...flag, name: flagName}));
  const groups = Map.groupBy(flags, flag => flag.helpGroup ?? '');
  const shown = [...groups].filter(([group]) => !folded.includes(group));
  const rows = shown.map(([group, ofGroup]) => ({group, rows: ofGroup.map(rowOf)}));
  const args = Object.entries(command.args).filter(([, arg]) => !arg.hidden);
  const argRows = args.map(([arg, {description}]): Row => [arg.toUpperCase(), description ?? '']);
  const left = Math.min(
    MAX_NAME,
    Math.max(
      0,
      ...[...rows.flatMap(r => r.rows), ...argRows, ...(command.below ?? [])].map(([left_]) =>
        columnsOf(left_),
      ),
    ),
  );
  const table = (ofTable: readonly Row[]): string[] =>
    ofTable.flatMap(row => lineOf(row, {left, width, terse}));
  const usage = args.map(([arg, {required, multiple}]) => {
    const word = `${arg.toUpperCase()}${multiple ? '...' : ''}`;
    return required ? word : `[${word}]`;
  });
  return [
    ...wrap(command.summary ?? '', width),
    '',
    `Usage: kubectl win ${[name, ...usage].join(' ')} [flags]`,
    ...section('Examples', examplesOf(command, width).slice(0, examples).flat()),
    ...section('Commands', table(command.below ?? [])),
    ...section('Arguments', table(argRows)),
    ...rows.flatMap(({group, rows: ofGroup}) =>
      section(group === '' ? 'Flags' : `${capital(group)} flags`, table(ofGroup)),
    ),
    '',
    ...[...groups]
      .filter(([group]) => folded.includes(group) && !(isSmall && group === 'CLUSTER'))
      .flatMap(([group, ofGroup]) => {
        const names = `${capital(group || 'FLAGS')}: ${ofGroup.map(({name: word}) => `--${word}`).join(' ')}`;
        return wrap(names, width);
      }),
    ...wrap(`All flags, their variables and defaults: kubectl win ${name} --help --all`, width),
  ];
}

function rowOf(flag: HelpedFlag & {name: string}): Row {
  const short = flag.char ? `-${flag.char}, ` : '    ';
  const options = flag.options ?? [];
  const value =
    flag.type === 'boolean' ? '' : ` ${String(flag.helpValue ?? (options.length > 0 ? 'WORD' : 'VALUE'))}`;
  const among = options.length > 0 ? ` (${options.join('|')})` : '';
  return [`${short}--${flag.name}${value}`, `${flag.summary ?? flag.description ?? ''}${among}`];
}

function lineOf(
  [name, meaning]: Row,
  {left, width, terse}: {left: number; width: number; terse: boolean},
): string[] {
  const margin = '  ';
  const room = width - left - 2 * margin.length;
  const text = terse ? [clauseOf(meaning, room)] : wrap(meaning, room);
  const indent = ' '.repeat(left + 2 * margin.length);
  if (columnsOf(name) > left) return [`${margin}${name}`, ...text.map(line => indent + line)];
  const [first = '', ...rest] = text;
  return [`${margin}${padTo(name, left)}${margin}${first}`, ...rest.map(line => indent + line)];
}

/** What stands before a colon, a remark or an example, where that fits and all does not. */
function clauseOf(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const ends = [...text.matchAll(/[:;]| \(|, such as/g)].map(({index}) => text.slice(0, index));
  const whole = ends.filter(part => part.split('(').length === part.split(')').length);
  return whole.findLast(part => columnsOf(part) <= columns) ?? cutTo(text, columns);
}

function examplesOf({examples = []}: Pick<Helped, 'examples'>, width: number): string[][] {
  const all = examples.map(example => {
    const {command, description} =
      typeof example === 'string' ? {command: example, description: ''} : example;
    const line = `  ${command.replaceAll('<%= config.bin %>', 'kubectl win')}`;
    const comment = description ? `# ${description}` : '';
    return {line, comment, fits: comment === '' || columnsOf(line) + description.length + 4 <= width};
  });
  const left = Math.max(0, ...all.filter(({fits}) => fits).map(({line}) => columnsOf(line)));
  return all.map(({line, comment, fits}) => {
    if (comment === '') return [line];
    if (!fits) return [`  ${comment}`, line];
    const aligned = `${padTo(line, left)}  ${comment}`;
    return [columnsOf(aligned) <= width ? aligned : `${line}  ${comment}`];
  });
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `${title}:`, ...lines] : [];
}

function capital(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase();
}
