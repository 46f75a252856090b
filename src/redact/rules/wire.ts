import {isRecord} from '../../kube/shape.ts';
import type {Removal} from './rule.ts';

/** Writes rules as the `rules` of a snapshot's request: a JSON object each. */
export function writeRules(removals: readonly Removal[]): string[] {
  return removals.map(removal => JSON.stringify(removal));
}

/** Reads them again; in one sentence what is wrong where one is none. */
export function readRules(texts: readonly string[]): Removal[] | string {
  const removals: Removal[] = [];
  for (const [n, text] of texts.entries()) {
    const removal = readRule(text);
    if (!removal) return `rules[${n}] is no rule: {"rule": …, and one of "value", "regex", "path"}`;
    removals.push(removal);
  }
  return removals;
}

function readRule(text: string): Removal | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const {rule, files, value: literal, regex, selector, path} = value;
  if (typeof rule !== 'string' || !isTexts(files) || !isText(literal) || !isText(regex)) return undefined;
  if (!isText(selector) || !isTexts(path)) return undefined;
  if (literal === undefined && regex === undefined && path === undefined) return undefined;
  return {
    rule,
    ...(files && {files}),
    ...(literal !== undefined && {value: literal}),
    ...(regex !== undefined && {regex}),
    ...(selector !== undefined && {selector}),
    ...(path && {path}),
  };
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value !== '');
}

function isTexts(value: unknown): value is string[] | undefined {
  return value === undefined || (Array.isArray(value) && value.every(one => typeof one === 'string'));
}
