import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Lexer} from 'marked';
import type {Tokens} from 'marked';
import {HELPED} from '../../plugin/help-facts.ts';

const root = join(import.meta.dirname, '../..');
const pages = join(root, 'scripts/site/pages');

/** Texts that show what to type, by name: the README and the pages of the site. */
export const TEXTS: readonly (readonly [string, string])[] = [
  ...readdirSync(pages).map(name => [name, readFileSync(join(pages, name), 'utf8')] as const),
  ['README.md', readFileSync(join(root, 'README.md'), 'utf8')] as const,
];

/** What each command's help shows as examples. */
export const COMMAND_EXAMPLES: readonly string[] = Object.values(HELPED).flatMap(({examples = []}) =>
  examples.map(example =>
    (typeof example === 'string' ? example : example.command).replaceAll('<%= config.bin %>', 'kubectl win'),
  ),
);

/** Blocks of code of a text, by language. */
export function blocks(markdown: string): {lang: string; text: string}[] {
  return new Lexer({gfm: true})
    .lex(markdown)
    .filter((token): token is Tokens.Code => token.type === 'code')
    .map(({lang = '', text}) => ({lang, text}));
}

/** What a text tells to type, without remarks; what it shows with its output is not among it. */
export function linesToType(markdown: string): string[] {
  return blocks(markdown)
    .filter(({lang}) => lang === 'sh' || lang === '')
    .flatMap(({text}) => text.split('\n'))
    .map(line => line.replace(/\s+#\s.*$/, '').trim())
    .filter(line => line !== '');
}
