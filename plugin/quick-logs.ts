import {parseArgs} from 'node:util';
import type {ParseArgsConfig} from 'node:util';
import {interruption} from './interruption.ts';
import {hasOtherShorts, isPlain, quickly} from './quick.ts';
import type {LogsFlags} from './services/logs/query.ts';
import {COLOR_CHOICES} from './terminal.ts';

/** How a flag's values are read. */
type Kind = 'text' | 'texts' | 'list' | 'number' | 'switch';

/** The flags of `logs` that go with `--file-input`, as the command itself declares them. */
const KINDS: Readonly<Record<string, Kind>> = {
  'file-input': 'text',
  'input-format': 'text',
  'logmonitor-layout': 'texts',
  threads: 'number',
  'from-source': 'list',
  level: 'text',
  'event-id': 'list',
  provider: 'list',
  channel: 'list',
  file: 'list',
  include: 'texts',
  exclude: 'texts',
  since: 'text',
  'since-time': 'text',
  until: 'text',
  tail: 'number',
  'limit-bytes': 'number',
  output: 'text',
  timestamps: 'switch',
  timezone: 'text',
  highlight: 'texts',
  'keep-raw': 'switch',
  stats: 'switch',
  color: 'text',
};
const MAX_THREADS = 64;
const FORMATS = ['auto', 'cri', 'plain'] as const;

/**
 * Runs `logs --file-input` without the command framework, whose start takes three times as long as reading 10 MB, and says with
 * what code to exit. Undefined, with nothing done, where the words after `logs` ask for anything but the plainest: the
 * framework knows what to say then.
 */
export async function quickLogs(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number | undefined> {
  const flags = quickFlags(words, env);
  const path = flags?.['file-input'];
  if (!flags || path === undefined) return undefined;
  const signal = interruption();
  return quickly(['logs', ...words], async () => {
    const {logsOfFile} = await import('./services/logs/logs-of-file.ts');
    await logsOfFile(path, flags, signal);
  });
}

/** The flags as the framework reads them, or undefined where it has to do that. */
export function quickFlags(words: readonly string[], env: NodeJS.ProcessEnv): LogsFlags | undefined {
  if (!isPlain(env)) return undefined;
  const values = valuesOf(words);
  if (!values) return undefined;
  const numbers = new Map<string, number>();
  for (const [name, given] of values) {
    const kind = KINDS[name];
    if (given.length > 1 && (kind === 'text' || kind === 'number')) return undefined;
    if (kind === 'number') {
      const [text = ''] = given;
      if (!/^\d{1,15}$/.test(text)) return undefined;
      numbers.set(name, Number(text));
    }
    // What is quoted or escaped in a list, and what is empty, is the framework's.
    if (kind === 'list' && given.some(text => /["'\\]|^\s|\s$|\s,|,\s/.test(text))) return undefined;
    if (kind !== 'switch' && given.includes('')) return undefined;
  }
  const text = (name: string): string | undefined => values.get(name)?.[0];
  const texts = (name: string): string[] | undefined => values.get(name);
  const list = (name: string): string[] | undefined => values.get(name)?.flatMap(given => given.split(','));
  const format = FORMATS.find(one => one === (text('input-format') ?? 'auto'));
  const color = COLOR_CHOICES.find(one => one === (text('color') ?? 'auto'));
  const threads = numbers.get('threads') ?? 1;
  const limit = numbers.get('limit-bytes');
  if (!format || !color || threads < 1 || threads > MAX_THREADS || (limit !== undefined && limit < 1))
    return undefined;
  return {
    'file-input': text('file-input'),
    'input-format': format,
    'logmonitor-layout': texts('logmonitor-layout'),
    threads,
    'from-source': list('from-source'),
    level: text('level'),
    'event-id': list('event-id'),
    provider: list('provider'),
    channel: list('channel'),
    file: list('file'),
    include: texts('include'),
    exclude: texts('exclude'),
    since: text('since'),
    'since-time': text('since-time'),
    until: text('until'),
    tail: numbers.get('tail'),
    'limit-bytes': limit,
    output: text('output') ?? 'text',
    timestamps: values.has('timestamps'),
    timezone: text('timezone'),
    highlight: texts('highlight'),
    color,
    'keep-raw': values.has('keep-raw'),
    stats: values.has('stats'),
  };
}

/** What each flag was given; undefined where a word is none of these flags, or no value of one. */
function valuesOf(words: readonly string[]): Map<string, string[]> | undefined {
  if (hasOtherShorts(words)) return undefined;
  try {
    const {tokens} = parseArgs({args: [...words], options: OPTIONS, allowPositionals: true, tokens: true});
    const values = new Map<string, string[]>();
    for (const token of tokens) {
      if (token.kind !== 'option') return undefined;
      values.set(token.name, [...(values.get(token.name) ?? []), token.value ?? '']);
    }
    return values;
  } catch {
    return undefined;
  }
}

const OPTIONS: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
  Object.entries(KINDS).map(([name, kind]) => [
    name,
    {type: kind === 'switch' ? 'boolean' : 'string', multiple: true, ...(name === 'output' && {short: 'o'})},
  ]),
);
