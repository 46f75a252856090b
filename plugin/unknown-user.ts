/** Containers run as users that the system does not know, and asking it for their home folder or shell then throws. */
import {homedir, userInfo} from 'node:os';

/** The user's home folder; `/` for one whom the system does not know. */
export function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return '/';
  }
}

/** Names a shell in the environment where the system knows none: the command framework asks for it without need. */
export function nameShell(env: NodeJS.ProcessEnv): void {
  if (env['SHELL'] !== undefined) return;
  try {
    userInfo();
  } catch {
    env['SHELL'] = '';
  }
}
