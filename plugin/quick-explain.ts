import {parseArgs} from 'node:util';
import {hasOtherShorts, isPlain, quickly} from './quick.ts';
import type {ExplainFlags} from './services/explain.ts';
import {COLOR_CHOICES} from './terminal.ts';

const FORMATS = ['text', 'json', 'yaml'] as const;
const OPTIONS = {
  list: {type: 'boolean', multiple: true},
  output: {type: 'string', short: 'o', multiple: true},
  color: {type: 'string', multiple: true},
} as const;

/**
 * Runs `explain` without the command framework, which takes longer to start than to answer, and says with what code to exit. Undefined, with
 * nothing done, where the words after `explain` ask for anything but the plainest: the framework knows what to say then.
 */
export async function quickExplain(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number | undefined> {
  const asked = quickWords(words, env);
  if (!asked) return undefined;
  return quickly(['explain', ...words], async () => {
    const {explain} = await import('./services/explain.ts');
    await explain(asked.id, asked.flags);
  });
}

/** The words as the framework reads them, or undefined where it has to do that. */
export function quickWords(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): {id: string | undefined; flags: ExplainFlags} | undefined {
  // A negative code is the framework's.
  if (!isPlain(env) || hasOtherShorts(words)) return undefined;
  const read = readWords(words);
  if (!read) return undefined;
  const {
    values: {list = [], output = ['text'], color: colors = ['auto']},
    positionals: [id, ...more],
  } = read;
  const format = FORMATS.find(one => one === output[0]);
  const color = COLOR_CHOICES.find(one => one === colors[0]);
  if (!format || !color || id === '' || more.length > 0 || output.length > 1 || colors.length > 1)
    return undefined;
  return {id, flags: {list: list.length > 0, output: format, color}};
}

function readWords(words: readonly string[]): ReturnType<typeof parsed> | undefined {
  if (words.includes('--')) return undefined;
  try {
    return parsed(words);
  } catch {
    return undefined;
  }
}

function parsed(words: readonly string[]) {
  return parseArgs({args: [...words], options: OPTIONS, allowPositionals: true});
}
