import {BASH} from './shell-scripts/bash.ts';
import {FISH} from './shell-scripts/fish.ts';
import {POWERSHELL} from './shell-scripts/powershell.ts';
import {ZSH} from './shell-scripts/zsh.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

/** The script of each shell. */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};

/** The shell that a user works in, by `SHELL`; Windows sets none, and has PowerShell. Undefined where it is another one. */
export function shellOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Shell | undefined {
  const name = env['SHELL']
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.exe$/i, '');
  if (name === undefined || name === '') return platform === 'win32' ? 'powershell' : undefined;
  return SHELLS.find(shell => shell === name || (shell === 'powershell' && name === 'pwsh'));
}
