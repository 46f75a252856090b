import {MASK} from '../mask.ts';
import {isPath, looksRandom, looksTokenLike} from '../values.ts';
import type {Form} from './look.ts';

/** Characters behind a word in which what it speaks of is looked for. */
const REACH = 64;
/** The word ends here, and what it speaks of follows; a sign of a setting has been looked at before. */
const FOLLOWED = /^(?:s|word|words|phrase|d)?(?:[:,]|\\?["'])?\s/i;
const WORD = /[^\s"'`,;:=()[\]{}<>]{16,512}/g;

/** A word that no person made, near one that says secret: `using token 8fG…`, `the key is …`. */
export const nearby: Form = ({text, end, from}) => {
  if (!FOLLOWED.test(text.slice(end, end + 10))) return undefined;
  const line = text.slice(end, end + REACH + 512).split(/[\r\n]|\\n/, 1)[0] ?? '';
  WORD.lastIndex = 0;
  for (let found = WORD.exec(line); found && found.index <= REACH; found = WORD.exec(line)) {
    const word = found[0].replace(/[.!?]+$/, '');
    const start = end + found.index;
    if (start < from) continue;
    if (isPath(word) || word.includes('://') || /^[\w.-]+\/[\w./-]+(?::[\w.-]+)?$/.test(word)) continue;
    if (looksRandom(word) || looksTokenLike(word))
      return {start, end: start + word.length, by: MASK, rule: 'random-word'};
  }
  return undefined;
};
