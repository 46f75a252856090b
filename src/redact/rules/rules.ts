import {isMap, isScalar, isSeq, parseAllDocuments} from 'yaml';
import type {Counts} from '../edit.ts';
import {count} from '../edit.ts';
import {hideInJson} from '../files/json-paths.ts';
import {MASK} from '../mask.ts';
import type {Expression} from './expression.ts';
import {compileExpression} from './expression.ts';
import {pathMatcher} from './glob.ts';
import type {Removal} from './rule.ts';
import {RuleError} from './rule.ts';

/** A user's rules, ready to be applied. */
export interface Rules {
  /** Applies them to a file's text, or to whole lines of it, and adds what they did to the counts. */
  apply(path: string, text: string, counts: Counts): string;
}

interface Compiled extends Removal {
  readonly matches: (path: string) => boolean;
  readonly expression?: Expression;
  readonly select?: Expression;
}

/** Compiles rules. Throws a {@link RuleError}. */
export function compileRules(removals: readonly Removal[]): Rules {
  const compiled = removals.map(compileOne);
  return {
    apply(path, text, counts) {
      return compiled
        .filter(removal => removal.matches(path))
        .reduce((redacted, removal) => applyOne(path, redacted, removal, counts), text);
    },
  };
}

function compileOne(removal: Removal): Compiled {
  const matchers = removal.files?.map(pattern => matcherOf(pattern, removal.rule));
  return {
    ...removal,
    matches: path => !matchers || matchers.some(matches => matches(path)),
    ...(removal.regex !== undefined && {expression: compileExpression(removal.regex, removal.rule)}),
    ...(removal.selector !== undefined && {select: compileExpression(removal.selector, removal.rule)}),
  };
}

function matcherOf(pattern: string, rule: string): (path: string) => boolean {
  try {
    return pathMatcher(pattern);
  } catch {
    throw new RuleError(`rule ${rule}: ${pattern} is no pattern of files`);
  }
}

function applyOne(path: string, text: string, removal: Compiled, counts: Counts): string {
  const isJson = /\.(?:json|conflist)$/i.test(path);
  if (removal.path) {
    const {hidden, times} =
      isJson || /^\s{0,40}[[{]/.test(text)
        ? hideInJson(text, removal.path)
        : hideInYaml(path, text, removal.path);
    if (times > 0) count(counts, removal.rule, times);
    return hidden;
  }
  const {changed, times} = removal.expression ? byLine(text, removal) : byValue(text, removal.value ?? '');
  if (times === 0) return text;
  // A rule that was written for lines may take a quote with it; a file of JSON stays one, whatever it costs of its text.
  if (isJson && isValid(text) && !isValid(changed)) return text;
  count(counts, removal.rule, times);
  return changed;
}

interface Changed {
  changed: string;
  times: number;
}

function byValue(text: string, value: string): Changed {
  const parts = text.split(value);
  return {changed: parts.join(MASK), times: parts.length - 1};
}

function byLine(text: string, {expression, select}: Compiled): Changed {
  let times = 0;
  let selected = select === undefined;
  const lines = text.split('\n').map(line => {
    let out = line;
    if (selected && expression) {
      const replaced = expression.replace(line);
      times += replaced.times;
      out = replaced.line;
    }
    if (select) selected = select.test(line);
    return out;
  });
  return {changed: lines.join('\n'), times};
}

function isValid(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Larger YAML is no configuration, and its tree takes forty times its memory. */
const MAX_YAML = 4 << 20;

function hideInYaml(path: string, text: string, keys: readonly string[]): {hidden: string; times: number} {
  const none = {hidden: text, times: 0};
  if (!/\.(?:ya?ml|kubeconfig)$/i.test(path) || text.length > MAX_YAML) return none;
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(document => document.errors.length > 0)) return none;
  let times = 0;
  for (const document of documents) times += hideBelow(document.contents, keys);
  return times === 0 ? none : {hidden: documents.map(String).join(''), times};
}

/** Masks the scalars at a path below a node of YAML, and all below it where the path ends. */
function hideBelow(node: unknown, keys: readonly string[]): number {
  const [key, ...rest] = keys;
  if (isScalar(node)) {
    if (key !== undefined || node.value === null || node.value === MASK) return 0;
    node.value = MASK;
    return 1;
  }
  const items: [name: string, value: unknown][] = isMap(node)
    ? node.items.map(({key: name, value}) => [isScalar(name) ? String(name.value) : '', value])
    : isSeq(node)
      ? node.items.map((value, n) => [String(n), value])
      : [];
  return items
    .filter(([name]) => key === undefined || key === '*' || key === name)
    .reduce((sum, [, value]) => sum + hideBelow(value, rest), 0);
}
