import {spawnSync} from 'node:child_process';
import {accessSync, constants, existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {LabError} from '../parts/failure.ts';

/** What a real node is made of: Debian package → a file that it brings, or a program on PATH. */
const NEEDED: Readonly<Record<string, string>> = {
  containerd: 'containerd',
  runc: 'runc',
  iproute2: 'ip',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  'busybox-static': '/bin/busybox',
};

/** Makes sure that everything is there; installs Debian packages where it is not, and says so. */
export function requirePackages(say: (line: string) => void): void {
  if (process.getuid?.() !== 0) {
    throw new LabError(
      'a real Linux node runs containers and needs root: start the lab as root, or without --linux-node',
    );
  }
  const missing = Object.keys(NEEDED).filter(name => !isThere(NEEDED[name] ?? ''));
  if (missing.length === 0) return;
  say(`installing ${missing.join(', ')} (apt-get install)`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    const {status, stderr, error} = spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
    });
    if (status === 0) continue;
    const why = error?.message ?? stderr.trim().split('\n').at(-1);
    throw new LabError(`apt-get ${args[0]} failed: ${why}; a real Linux node needs ${missing.join(', ')}`);
  }
}

function isThere(file: string): boolean {
  if (file.startsWith('/')) return existsSync(file);
  return (process.env['PATH'] ?? '').split(delimiter).some(dir => {
    try {
      accessSync(join(dir, file), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
