import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {AGENT_CONNECT} from '../../../src/protocol/environment.ts';
import type {LabDir} from '../parts/places.ts';

const agent = join(import.meta.dirname, '../../../agent/main.ts');

/** The command line of the agent from its sources. */
export const AGENT = [process.execPath, '--disable-warning=ExperimentalWarning', agent] as const;

/**
 * In a pod that is a Windows under Wine, the packaged program runs. Its standard error is a file, as a pipe there is none
 * that Node.js could use.
 */
const SCRIPT = `#!/bin/sh
if [ -n "$KUBECTL_WIN_LAB_EXE" ]; then exec /usr/lib/wine/wine64 "$KUBECTL_WIN_LAB_EXE" "$@" 2>>"$WINEPREFIX/exec.log"; fi
exec ${AGENT.map(word => `'${word}'`).join(' ')} "$@"
`;

/**
 * A folder with the agent under the names by which `exec` calls it inside of containers: what kwok is asked to run it
 * looks up in PATH.
 */
export function programsFolder(lab: LabDir): string {
  const folder = lab.path('bin');
  mkdirSync(folder);
  for (const [name] of Object.values(AGENT_CONNECT)) {
    const file = join(folder, name);
    writeFileSync(file, SCRIPT);
    chmodSync(file, 0o755);
  }
  return folder;
}
