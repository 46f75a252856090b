import {helpText} from './help-text.ts';
import {quickly} from './quick.ts';
import {writeResult} from './services/result.ts';

const HELP = new Set(['--help', '-h']);

/**
 * Prints the short help of a command, a topic or the program without the command framework, and says with what code to exit. Undefined,
 * with nothing done, where the words are more than those that call it and a wish for help.
 */
export async function quickHelp(argv: readonly string[]): Promise<number | undefined> {
  const words = argv.slice(0, -1);
  if (argv.length > 0 && !HELP.has(argv.at(-1) ?? '')) return undefined;
  const text = helpText(words, process.stdout);
  return text === undefined ? undefined : quickly(argv, () => writeResult(`${text}\n`, undefined));
}
