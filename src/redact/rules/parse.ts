import {parseAllDocuments} from 'yaml';
import {isRecord} from '../../kube/shape.ts';
import type {Removal} from './rule.ts';
import {RuleError} from './rule.ts';

/** Versions of troubleshoot in which a Redactor has this form (https://troubleshoot.sh/docs/redact/redactors/). */
const VERSIONS = [
  'troubleshoot.sh/v1beta2',
  'troubleshoot.sh/v1beta3',
  'troubleshoot.replicated.com/v1beta1',
];
/** A file of rules is written by hand. */
const MAX_FILE = 1 << 20;

/** Reads a file of Redactors as troubleshoot takes them. Throws a {@link RuleError}. */
export function parseRedactors(text: string): Removal[] {
  if (text.length > MAX_FILE) throw new RuleError('a file of more than 1 MiB is no file of rules');
  const documents = parseAllDocuments(text, {maxAliasCount: 10} as Parameters<typeof parseAllDocuments>[1]);
  if (!Array.isArray(documents)) throw new RuleError('it holds no Redactor');
  const removals = documents.flatMap(document => {
    const [error] = document.errors;
    if (error) throw new RuleError(`it is no YAML: ${error.message.split('\n')[0] ?? ''}`);
    const value: unknown = document.toJS();
    return value === null ? [] : redactor(value);
  });
  if (removals.length === 0) throw new RuleError('it holds no rule');
  return removals;
}

function redactor(value: unknown): Removal[] {
  if (!isRecord(value) || value['kind'] !== 'Redactor')
    throw new RuleError(
      `kind is ${JSON.stringify(isRecord(value) ? value['kind'] : value)}, Redactor is wanted`,
    );
  if (!VERSIONS.includes(String(value['apiVersion'])))
    throw new RuleError(`apiVersion ${String(value['apiVersion'])} is not known: write ${VERSIONS[0]}`);
  const spec = isRecord(value['spec']) ? value['spec'] : {};
  if (typeof spec['uri'] === 'string' && spec['uri'] !== '')
    throw new RuleError(`spec.uri names rules that lie elsewhere (${spec['uri']}): write them into the file`);
  return list(spec['redactors'], 'spec.redactors').flatMap((one, n) => rule(one, `spec.redactors[${n}]`));
}

function rule(value: unknown, at: string): Removal[] {
  if (!isRecord(value)) throw new RuleError(`${at} is no map`);
  const facts = {
    rule: typeof value['name'] === 'string' ? value['name'] : at,
    ...filesOf(value['fileSelector'], at),
  };
  const removals = isRecord(value['removals']) ? value['removals'] : {};
  const other = Object.keys(removals).find(key => !['values', 'regex', 'yamlPath'].includes(key));
  if (other !== undefined)
    throw new RuleError(`${at}.removals.${other} is not known: values, regex and yamlPath are`);
  return [
    ...texts(removals['values'], `${at}.removals.values`).map(text => ({...facts, value: text})),
    ...list(removals['regex'], `${at}.removals.regex`).map((one, n) => ({
      ...facts,
      ...expression(one, `${at}.removals.regex[${n}]`),
    })),
    ...texts(removals['yamlPath'], `${at}.removals.yamlPath`).map(path => ({
      ...facts,
      path: path.split('.'),
    })),
  ];
}

function filesOf(value: unknown, at: string): {files?: string[]} {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw new RuleError(`${at}.fileSelector is no map`);
  const files = texts(value['files'], `${at}.fileSelector.files`);
  if (typeof value['file'] === 'string' && value['file'] !== '') files.unshift(value['file']);
  return files.length > 0 ? {files} : {};
}

function expression(value: unknown, at: string): {regex: string; selector?: string} {
  if (!isRecord(value) || typeof value['redactor'] !== 'string')
    throw new RuleError(`${at}.redactor is no text`);
  const selector = value['selector'];
  if (selector !== undefined && typeof selector !== 'string')
    throw new RuleError(`${at}.selector is no text`);
  return {regex: value['redactor'], ...(selector && {selector})};
}

function list(value: unknown, at: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new RuleError(`${at} is no list`);
  return value;
}

function texts(value: unknown, at: string): string[] {
  return list(value, at).map((one, n) => {
    if (typeof one !== 'string' || one === '') throw new RuleError(`${at}[${n}] is no text`);
    return one;
  });
}
