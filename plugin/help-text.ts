import {HELPED} from './help-facts.ts';
import {listHelp, shortHelp} from './short-help.ts';
import type {Screen} from './short-help.ts';
import {SUMMARY, TOPICS} from './topics.ts';

const COMMANDS = Object.entries(HELPED);

/** Short help of the program (no words), a topic or a command; undefined where the words are neither. */
export function helpText(words: readonly string[], screen: Screen = {}): string | undefined {
  const name = words.join(' ');
  const command = HELPED[name];
  const below = COMMANDS.filter(([other]) => other.startsWith(`${name} `)).map(rowOf);
  if (command) return shortHelp(name, {...command, below}, screen);
  const topic = Object.entries(TOPICS).find(([known]) => known === name)?.[1];
  if (topic) return listHelp(name, {summary: topic.description, rows: below.toSorted(byName)}, screen);
  if (name !== '') return undefined;
  // A topic that is a command, too, has the description of that.
  const rows = new Map([
    ...Object.entries(TOPICS).map(([known, {description}]) => [known, description] as const),
    ...COMMANDS.filter(([known]) => !known.includes(' ')).map(rowOf),
  ]);
  return listHelp('', {summary: SUMMARY, rows: [...rows].toSorted(byName)}, screen);
}

function rowOf([name, {summary = ''}]: (typeof COMMANDS)[number]): readonly [string, string] {
  return [name, summary];
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}
