import {Lexer} from 'marked';
import type {Token} from 'marked';

/** Everything in a Markdown text that is not just words: types of tokens, and the HTML and addresses in it, in order. */
export function markupOf(markdown: string): {types: Set<string>; html: string[]; links: string[]} {
  const found = {types: new Set<string>(), html: [] as string[], links: [] as string[]};
  walk(new Lexer({gfm: true}).lex(markdown), found);
  return found;
}

function walk(tokens: readonly Token[], found: ReturnType<typeof markupOf>): void {
  for (const token of tokens) {
    found.types.add(token.type);
    if (token.type === 'html') found.html.push(token.raw.trim());
    if (token.type === 'link' || token.type === 'image') found.links.push(String(token['href']));
    walk(childrenOf(token), found);
  }
}

function childrenOf(token: Token): Token[] {
  if ('items' in token && Array.isArray(token.items)) return token.items;
  return 'tokens' in token ? (token.tokens ?? []) : [];
}
