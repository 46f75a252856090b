import {RE2JS, RE2JSException} from 're2js';
import {MASK} from '../mask.ts';
import {RuleError} from './rule.ts';

/** What becomes of a group, in the order of their opening brackets; one that is the whole match where there are none. */
type Part = 'mask' | 'drop' | 'keep';

/** An expression with what it does to a match. */
export interface Expression {
  readonly test: (line: string) => boolean;
  /** The line with every match replaced, and how many there were. */
  readonly replace: (line: string) => {line: string; times: number};
}

/** What RE2 leaves out because it would take more than linear time. */
const BACKTRACKING = /\(\?(?:[=!>]|<[=!])|\\[1-9]|\\k[<{]|[*+?}]\+/;

/** Compiles an expression of RE2. Throws a {@link RuleError} that says what is wrong with it. */
export function compileExpression(source: string, rule: string): Expression {
  const names: string[] = [];
  // Upstream names several groups `mask`; RE2 wants every name once.
  const unique = source.replace(/\(\?P?<(\w+)>/g, (_, name: string) => `(?P<${name}_${names.push(name)}>`);
  const compiled = compile(unique, source, rule);
  const parts = partsOf(compiled, names);
  return {
    test: line => compiled.matcher(line).find(),
    replace(line) {
      const matcher = compiled.matcher(line);
      let out = '';
      let at = 0;
      let times = 0;
      while (matcher.find()) {
        out += line.slice(at, matcher.start()) + replacement(parts, n => matcher.group(n) ?? '');
        at = matcher.end();
        times++;
      }
      return {line: times === 0 ? line : out + line.slice(at), times};
    },
  };
}

function compile(pattern: string, source: string, rule: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new RuleError(
      BACKTRACKING.test(source)
        ? `rule ${rule}: ${source} looks ahead, behind or back, which can take for ever: write it without (RE2)`
        : `rule ${rule}: ${source} is no expression of RE2: ${error.message}`,
    );
  }
}

function partsOf(compiled: RE2JS, names: readonly string[]): Part[] {
  const groups = compiled.groupCount();
  const named = new Map<number, string>();
  for (const [n, name] of names.entries()) {
    const index = compiled.namedGroups()[`${name}_${n + 1}`];
    if (index !== undefined) named.set(index, name);
  }
  return Array.from({length: groups}, (_, n) => {
    const name = named.get(n + 1);
    return name === 'mask' || name === 'drop' ? name : 'keep';
  });
}

function replacement(parts: readonly Part[], group: (n: number) => string): string {
  if (parts.length === 0) return MASK;
  return parts
    .map((part, n) => {
      if (part === 'drop') return '';
      return part === 'keep' || group(n + 1) === '' ? group(n + 1) : MASK;
    })
    .join('');
}
