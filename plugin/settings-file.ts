import {isAbsolute, join} from 'node:path';
import {homeFolder} from './unknown-user.ts';

/** Names the file in place of the usual one; empty: none. */
export const SETTINGS_VARIABLE = 'KUBECTL_WIN_CONFIG';

/** Where settings are looked for: as `KUBECTL_WIN_CONFIG` says, else below the folder that the system has for settings. */
export function settingsFile(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): {path: string; named: boolean} | undefined {
  const named = env[SETTINGS_VARIABLE];
  if (named !== undefined) return named === '' ? undefined : {path: named, named: true};
  const own = platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME'];
  const folder =
    own !== undefined && isAbsolute(own)
      ? own
      : platform === 'win32'
        ? undefined
        : join(env['HOME'] ?? homeFolder(), '.config');
  return folder === undefined ? undefined : {path: join(folder, 'kubectl-win', 'config.yaml'), named: false};
}
