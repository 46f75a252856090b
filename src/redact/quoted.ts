import {applyEdits} from './edit.ts';
import {findSecrets} from './find.ts';
import {MASK} from './mask.ts';
import {announcesSecret, nameKind} from './names.ts';

/** Masks secrets in a text that somebody else wrote and that is quoted. Linear in the length of the text. */
export function maskSecrets(text: string): string {
  return applyEdits(text, findSecrets(text), new Map());
}

/**
 * Masks secrets in a line of somebody's log that a story or a report quotes. There nobody needs the value of what may be one:
 * `token=abc` goes, too.
 */
export function maskLine(text: string): string {
  return applyEdits(text, findSecrets(text, 1, true), new Map());
}

/** Masks secrets in the words of a command line; there are as many as before. */
export function maskWords(words: readonly string[]): string[] {
  return words.map((word, i) => {
    const before = words[i - 1];
    return before !== undefined && announcesSecret(before) && !word.startsWith('-')
      ? MASK
      : maskSecrets(word);
  });
}

/** Whether a setting's name says that its value is secret. Names of Secrets are none. */
export function namesSecret(name: string): boolean {
  return nameKind(name) === 'secret' || /token$/i.test(name.slice(-40));
}
