import {spawnSync} from 'node:child_process';

/** What containerd's own client says. */
export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Asks the containerd at a socket. */
export function ctr(socket: string, args: readonly string[]): Said {
  const {status, stdout, stderr} = spawnSync('ctr', ['--address', socket, ...args], {encoding: 'utf8'});
  return {status, stdout: stdout ?? '', stderr: stderr ?? ''};
}
