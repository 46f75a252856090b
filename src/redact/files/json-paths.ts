import type {Edit} from '../edit.ts';
import {applyEdits} from '../edit.ts';
import {MASK} from '../mask.ts';

/** A string, a bracket, a comma, a colon, or a number or word. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

interface Level {
  readonly list: boolean;
  name: string;
  index: number;
  /** Whether the next text is a key. */
  key: boolean;
}

/** Masks the values at a path of JSON and below it, and leaves every other byte. `*` stands for any key or index. */
export function hideInJson(text: string, path: readonly string[]): {hidden: string; times: number} {
  const levels: Level[] = [];
  const edits: Edit[] = [];
  for (const {0: token, index} of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === '{' || token === '[')
      levels.push({list: token === '[', name: '', index: 0, key: token === '{'});
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',') {
      if (level?.list === true) level.index++;
      else if (level) level.key = true;
    } else if (token === ':') {
      if (level) level.key = false;
    } else if (level?.key === true) level.name = unquoted(token);
    else if (token !== 'null' && token !== `"${MASK}"` && isAt(levels, path))
      edits.push({start: index, end: index + token.length, by: `"${MASK}"`, rule: ''});
  }
  return {hidden: applyEdits(text, edits, new Map()), times: edits.length};
}

function isAt(levels: readonly Level[], path: readonly string[]): boolean {
  return (
    levels.length >= path.length &&
    path.every((name, n) => {
      const level = levels[n];
      return name === '*' || name === (level?.list === true ? String(level.index) : level?.name);
    })
  );
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
