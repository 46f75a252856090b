import {lstat, open, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';
import {UserError} from '../errors.ts';
import {pagerFor, showBy} from '../pager.ts';

/**
 * Writes a result to standard output, on a terminal by a pager where it is longer than that; or to a file that appears whole or
 * not at all, readable only by its owner.
 */
export async function writeResult(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    const {stdout, argv, env} = process;
    const pager = pagerFor(text, {stream: stdout, argv, env});
    if (pager && (await showBy(text, pager))) return;
    await new Promise<void>((done, reject) => {
      process.stdout.write(text, error => (error ? reject(error) : done()));
    });
    return;
  }
  try {
    // A device or a pipe takes the text as it comes; replacing it, as root could, would break the machine.
    if (await isDevice(file)) await writeFile(file, text, {flag: 'r+'});
    else await replace(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} cannot be written: ${reason}`, {
      code: 'output-file',
      fix: ['name a file in a folder that you may write to: `--output-file PATH`'],
      cause: error,
    });
  }
}

/** Folders whose links lead to devices and open files: `/dev/stdout`, `/proc/self/fd/3`. */
const OF_SYSTEM = /^\/(?:dev|proc)(?:\/|$)/;

async function isDevice(file: string): Promise<boolean> {
  try {
    const found = await lstat(file);
    return (
      !(found.isFile() || found.isDirectory() || found.isSymbolicLink()) ||
      OF_SYSTEM.test(dirname(resolve(file)))
    );
  } catch {
    return false;
  }
}

/** Writes beside the file and renames: a link that somebody put there is replaced, never followed. */
async function replace(file: string, text: string): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  const handle = await open(partial, 'wx', 0o600);
  try {
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, {force: true});
    throw error;
  }
}
