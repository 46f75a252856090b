import {accessSync, constants, existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {KUBECTL_COMPLETE, KUBECTL_COMPLETE_CMD} from './shell-scripts/kubectl.ts';
import {homeFolder} from '../unknown-user.ts';

/** The program that kubectl asks for completions after `kubectl win`. */
export interface KubectlHook {
  file: string;
  text: string;
  /** Whether its folder is on PATH, where kubectl looks. */
  isOnPath: boolean;
}

/** Where the hook goes: beside the program itself where that folder is ours to write to, else where users keep programs. */
export function kubectlHook(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): KubectlHook {
  const onWindows = platform === 'win32';
  const name = onWindows ? 'kubectl_complete-win.cmd' : 'kubectl_complete-win';
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean);
  const programs = onWindows ? ['kubectl-win.exe', 'kubectl-win.cmd'] : ['kubectl-win'];
  const beside = folders.find(folder => programs.some(p => existsSync(join(folder, p))));
  const folder =
    beside !== undefined && isWritable(beside) ? beside : join(env['HOME'] || homeFolder(), '.local', 'bin');
  return {
    file: join(folder, name),
    text: onWindows ? KUBECTL_COMPLETE_CMD : KUBECTL_COMPLETE,
    isOnPath: folders.some(f => f === folder),
  };
}

/** Whether a file is the hook: somebody else's program of that name is not touched. */
export function isHook(text: string): boolean {
  return text === KUBECTL_COMPLETE || text === KUBECTL_COMPLETE_CMD;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
