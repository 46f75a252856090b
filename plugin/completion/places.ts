import {join} from 'node:path';
import {execa} from 'execa';
import type {Shell} from './shells.ts';
import {homeFolder} from '../unknown-user.ts';

/** Where completion goes for one shell. */
export interface Places {
  /** The script. */
  script: string;
  /** A start file that has to name the script; absent where the shell finds it by its place. */
  start?: {file: string; line: string};
}

/** Finds the places of a shell. Undefined where PowerShell is not there to say where its profile is. */
export async function placesOf(shell: Shell, env: NodeJS.ProcessEnv): Promise<Places | undefined> {
  const home = env['HOME'] || homeFolder();
  const own = join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'kubectl-win', 'completion');
  if (shell === 'fish') {
    // https://fishshell.com/docs/current/completions.html#where-to-put-completions
    const config = env['XDG_CONFIG_HOME'] || join(home, '.config');
    return {script: join(config, 'fish', 'completions', 'kubectl-win.fish')};
  }
  if (shell === 'bash') return sourced(join(own, 'kubectl-win.bash'), join(home, '.bashrc'));
  if (shell === 'zsh') return sourced(join(own, 'kubectl-win.zsh'), join(env['ZDOTDIR'] || home, '.zshrc'));
  const profile = await powershellProfile();
  const script = join(own, 'kubectl-win.ps1');
  return profile === undefined
    ? undefined
    : {script, start: {file: profile, line: `. '${script.replaceAll("'", "''")}'`}};
}

function sourced(script: string, file: string): Places {
  return {script, start: {file, line: `source '${script.replaceAll("'", String.raw`'\''`)}'`}};
}

/** Only PowerShell knows: folders of documents are moved, and two generations have one each. */
async function powershellProfile(): Promise<string | undefined> {
  for (const program of ['pwsh', 'powershell']) {
    const {stdout, exitCode} = await execa(
      program,
      ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '$PROFILE'],
      {reject: false, timeout: 20_000, stdin: 'ignore'},
    );
    if (exitCode === 0 && stdout.trim() !== '') return stdout.trim();
  }
  return undefined;
}
