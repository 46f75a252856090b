import {readlink} from 'node:fs/promises';

/**
 * The path of the file that a descriptor is open on, as the system knows it: every link on the way is resolved, and nobody can
 * change it between the look and the reading.
 */
export async function finalPathOf(fd: number): Promise<string> {
  if (process.platform !== 'win32') return readlink(`/proc/self/fd/${fd}`);
  // Only Windows needs a native part for it.
  const {windowsPath} = await import('./final-path-windows.ts');
  return windowsPath(fd);
}
