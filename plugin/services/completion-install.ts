import {mkdir, readFile, realpath, rename, rm, stat, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {isHook, kubectlHook} from '../completion/kubectl-hook.ts';
import type {Places} from '../completion/places.ts';
import {placesOf} from '../completion/places.ts';
import type {Shell} from '../completion/shells.ts';
import {SCRIPTS, SHELLS, shellOf} from '../completion/shells.ts';
import {withBlock, withoutBlock} from '../completion/start-file.ts';
import {EXIT} from '../../src/report/exit.ts';
import {UserError} from '../errors.ts';
import {fileFault} from '../file-fault.ts';

/** Whose completion, and who is told what was done. */
export interface CompletionOptions {
  shell: Shell | undefined;
  say: (line: string) => void;
}

/** Wires completion into a shell and into kubectl. Done twice it changes nothing. */
export async function installCompletion({shell: named, say}: CompletionOptions): Promise<void> {
  const shell = named ?? shellOf(process.env, process.platform) ?? unknownShell();
  const places = (await placesOf(shell, process.env)) ?? noPowerShell();
  await put(places.script, SCRIPTS[shell], say);
  if (places.start) {
    const {file, line} = places.start;
    await put(file, withBlock((await textOf(file)) ?? '', line), say);
  }
  await installHook(say);
  say(places.start ? `open a new ${shell}, or: ${places.start.line}` : `open a new ${shell}`);
}

/** Takes out of every shell what `installCompletion` put there. */
export async function uninstallCompletion(say: (line: string) => void): Promise<void> {
  for (const shell of SHELLS) {
    const places = await placesOf(shell, process.env);
    if (places) await takeOut(places, say);
  }
  const {file} = kubectlHook(process.env, process.platform);
  const text = await textOf(file);
  if (text !== undefined && isHook(text)) await remove(file, say);
}

async function takeOut({script, start}: Places, say: (line: string) => void): Promise<void> {
  if ((await textOf(script)) !== undefined) await remove(script, say);
  const before = start && (await textOf(start.file));
  if (start && before !== undefined) {
    const after = withoutBlock(before);
    if (after === '') await remove(start.file, say);
    else if (after !== before) await put(start.file, after, say);
  }
}

async function installHook(say: (line: string) => void): Promise<void> {
  const {file, text, isOnPath} = kubectlHook(process.env, process.platform);
  const before = await textOf(file);
  if (before !== undefined && !isHook(before)) {
    say(`${file} is somebody else's: it stays, and kubectl asks it`);
    return;
  }
  await put(file, text, say, 0o755);
  if (!isOnPath) say(`put ${dirname(file)} on PATH, so that kubectl finds it`);
}

/** The text of a file; undefined where there is none. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw cannot('read', file, error);
  }
}

/** Writes a file whole or not at all; one that is a link stays one. What is right already is left alone. */
async function put(file: string, text: string, say: (line: string) => void, mode?: number): Promise<void> {
  const before = await textOf(file);
  if (before === text) return;
  try {
    await mkdir(dirname(file), {recursive: true});
    const target = before === undefined ? file : await realpath(file);
    const partial = `${target}.${process.pid}.partial`;
    try {
      await writeFile(partial, text, {flag: 'wx', mode: mode ?? (await modeOf(target))});
      await rename(partial, target);
    } catch (error) {
      await rm(partial, {force: true});
      throw error;
    }
  } catch (error) {
    throw cannot('written', file, error);
  }
  say(`${before === undefined ? 'wrote' : 'changed'} ${file}`);
}

async function modeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch {
    return 0o644;
  }
}

async function remove(file: string, say: (line: string) => void): Promise<void> {
  try {
    await rm(file);
  } catch (error) {
    throw cannot('removed', file, error);
  }
  say(`removed ${file}`);
}

function cannot(what: string, file: string, cause: unknown): UserError {
  return new UserError(`${file} cannot be ${what}: ${fileFault(cause)}`, {code: 'completion-file', cause});
}

function unknownShell(): never {
  throw new UserError('this shell is not known: SHELL names none of bash, zsh, fish and PowerShell', {
    code: 'shell',
    exitCode: EXIT.usage,
    fix: SHELLS.map(shell => `kubectl win completion install --shell ${shell}`),
  });
}

function noPowerShell(): never {
  throw new UserError('PowerShell does not say where its profile is: neither `pwsh` nor `powershell` runs', {
    code: 'no-powershell',
    fix: ['put `kubectl-win completion powershell | Out-String | Invoke-Expression` into your profile'],
  });
}
