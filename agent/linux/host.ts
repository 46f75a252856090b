import {readFile, readlink, readdir} from 'node:fs/promises';
import {dirname, isAbsolute, join} from 'node:path';
import {CollectError} from '../collect/collector.ts';

/** A Linux node as a pod sees it. */
export interface LinuxHost {
  /** Where the node's file system is mounted; empty where it is the process's own. */
  readonly root: string;
}

/** Links that lead to links, as certificates and the time zone have them; more is a loop. */
const MAX_LINKS = 8;

/**
 * Path of a file of the node for this process. The last part may be a link, which is followed within the node's file system: an
 * absolute one means the node's root, not the container's.
 */
export async function hostPath({root}: LinuxHost, path: string): Promise<string> {
  let at = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    const target = await readlink(join(root, at)).catch(() => undefined);
    if (target === undefined) return join(root, at);
    at = isAbsolute(target) ? target : join(dirname(at), target);
  }
  throw new CollectError('failed', `${path} leads from link to link`);
}

/** A small text file; null where there is none. Throws CollectError. */
export async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    return absent(path, error);
  }
}

/** Names in a folder; null where there is none. Throws CollectError. */
export async function namesIn(path: string): Promise<string[] | null> {
  try {
    return await readdir(path);
  } catch (error) {
    return absent(path, error);
  }
}

/** The first line of a file of /proc or /sys; empty where there is none. Throws CollectError. */
export async function lineOf(path: string): Promise<string> {
  const [line = ''] = (await textOf(path))?.split('\n') ?? [];
  return line.trim();
}

function absent(path: string, error: unknown): null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    // A process that ended, an interface that went: ESRCH and EINVAL are what /proc and /sys say then.
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESRCH':
    case 'EINVAL':
      return null;
    case 'EACCES':
    case 'EPERM':
      throw new CollectError('denied', `${path}: access is denied to the agent's account`);
    default:
      throw new CollectError('failed', `${path} cannot be read (${code})`);
  }
}
