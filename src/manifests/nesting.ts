import {Lexer} from 'yaml';

/** Levels that a document may have: schemas of custom resources come to about forty. */
const MAX_LEVELS = 200;
/** What introduces a plain or block scalar in the lexer's stream: the token behind it is text. */
const SCALAR = '\u001f';

/**
 * Whether YAML or JSON nests deeper than any object does. Parsers go down level by level, and one that comes to the end of the
 * stack may take the whole process with it (a regular expression that is compiled there cannot fail otherwise), so such a
 * text is never handed to them. Linear; most texts are looked at once, without taking them apart.
 */
export function isTooDeep(text: string): boolean {
  return mayBeDeep(text) && levelsOf(text) > MAX_LEVELS;
}

/** A look that never says no to a deep text, but may say yes to one that holds brackets as text. */
function mayBeDeep(text: string): boolean {
  let open = 0;
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '[' || char === '{') {
      const next = text[at + 1];
      // Field managers leave hundreds of `{}` behind; whatever else is open may stay open.
      if (next !== ']' && next !== '}') open++;
    }
    if (char === '\n') marks = 0;
    else if (char === ' ' || char === '\t') marks++;
    if (open > MAX_LEVELS || marks > MAX_LEVELS) return true;
  }
  return false;
}

/** Levels of the deepest line, by the tokens that open them. */
function levelsOf(text: string): number {
  let deepest = 0;
  let flow = 0;
  let block = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (isScalar) isScalar = false;
    else if (token === SCALAR) isScalar = true;
    else if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow--;
    else if (token === '\n' || token === '\r\n') block = 0;
    else if (flow === 0) block += levelsBy(token);
    deepest = Math.max(deepest, flow + block);
    if (deepest > MAX_LEVELS) return deepest;
  }
  return deepest;
}

/** Indicators open a level each; indentation by spaces at most one for every two. */
function levelsBy(token: string): number {
  if (token === '-' || token === '?' || token === ':') return 1;
  return token.startsWith(' ') ? Math.floor(token.length / 2) : 0;
}
