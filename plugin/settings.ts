import {readFileSync} from 'node:fs';
import type {Command} from '@oclif/core';
import {nearest} from '../src/explain/nearest.ts';
import {EXIT} from '../src/report/exit.ts';
import {UserError} from './errors.ts';
import {fileFault} from './file-fault.ts';
import {settingsFile, SETTINGS_VARIABLE} from './settings-file.ts';

/** The pager is no flag, but set like one: `pager`. */
export const PAGER_VARIABLE = 'KUBECTL_WIN_PAGER';
/** A secret has no place in a file of settings: a kubeconfig has ways to get one. */
const REFUSED = new Set(['token']);
/** More is no file of settings. */
const MAX_BYTES = 256 * 1024;

type Commands = Readonly<Record<string, Command.Class>>;

/** What the file sets for one flag. */
export interface Setting {
  /** File, and the command where it is set for that alone. */
  where: string;
  values: readonly string[];
}

/**
 * What the file sets for a command, by the variables that its flags read: flags by their names, those of one command below the words that call it.
 * What is set for the command counts more. Throws a `UserError` that names the file where it is no such file.
 */
export async function settingsFor(
  command: string,
  commands: Commands,
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, Setting>> {
  const file = settingsFile(env);
  const whole = file ? await contentsOf(file) : {};
  const words = new Map(Object.keys(commands).map(id => [id.replaceAll(':', ' '), id]));
  const all = variablesOf(Object.values(commands));
  const everywhere = new Map<string, Setting>();
  const own = new Map<string, Setting>();
  for (const [key, value] of Object.entries(whole)) {
    const id = words.get(key);
    if (id === undefined || !isMap(value)) {
      everywhere.set(
        ...setting({where: file?.path ?? '', name: key, value, known: all, others: [...words.keys()]}),
      );
      continue;
    }
    const known = variablesOf([commands[id]]);
    for (const [name, inner] of Object.entries(value)) {
      const set = setting({where: `${file?.path ?? ''}, ${key}`, name, value: inner, known, others: []});
      if (id === command) own.set(...set);
    }
  }
  return new Map([...everywhere, ...own]);
}

/** The variables of all flags of some commands, by the names of the flags. */
function variablesOf(commands: readonly (Command.Class | undefined)[]): Map<string, string> {
  const flags = commands.flatMap(command => Object.entries({...command?.baseFlags, ...command?.flags}));
  const named = flags.flatMap(([name, flag]) =>
    flag.env && !flag.hidden ? [[name, flag.env] as const] : [],
  );
  return new Map([...named, ['pager', PAGER_VARIABLE]]);
}

function setting({
  where,
  name,
  value,
  known,
  others,
}: {
  where: string;
  name: string;
  value: unknown;
  known: ReadonlyMap<string, string>;
  others: readonly string[];
}): [string, Setting] {
  if (REFUSED.has(name))
    throw bad(where, `\`${name}\` is a secret, which has no place here`, [
      'let the kubeconfig say how to get it',
    ]);
  const variable = known.get(name);
  if (variable === undefined) {
    const guess = nearest(name, [...known.keys(), ...others]);
    throw bad(where, `there is no flag or command \`${name}\``, guess ? [`Did you mean \`${guess}\`?`] : []);
  }
  const values = (Array.isArray(value) ? value : [value]).map((one: unknown) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? String(one) : undefined,
  );
  const words = values.filter(one => one !== undefined);
  if (words.length !== values.length || words.length === 0)
    throw bad(where, `\`${name}\` has no plain value and no list of them`, []);
  return [variable, {where, values: words}];
}

async function contentsOf(file: {path: string; named: boolean}): Promise<Record<string, unknown>> {
  const text = textOf(file);
  if (text === undefined) return {};
  // Most people have no such file, and every command would load this first.
  const {parseDocument} = await import('./yaml.ts');
  const document = parseDocument(text);
  const [broken] = document.errors;
  if (broken) throw bad(file.path, (broken.message.split('\n')[0] ?? '').replace(/:$/, ''), []);
  const whole: unknown = document.toJS();
  if (whole === null) return {};
  if (!isMap(whole)) throw bad(file.path, 'it is no map of flags and their values', []);
  return whole;
}

function textOf({path, named}: {path: string; named: boolean}): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length > MAX_BYTES) throw bad(path, `it has more than ${MAX_BYTES} bytes`, []);
    return text;
  } catch (error) {
    if (error instanceof UserError) throw error;
    const isAbsent =
      error instanceof Error && 'code' in error && /^(?:ENOENT|ENOTDIR)$/.test(String(error.code));
    if (isAbsent && !named) return undefined;
    throw bad(path, fileFault(error), named ? [`${SETTINGS_VARIABLE} names it`] : []);
  }
}

function bad(where: string, why: string, fix: readonly string[]): UserError {
  return new UserError(`settings in ${where}: ${why}`, {code: 'settings', fix, exitCode: EXIT.usage});
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
