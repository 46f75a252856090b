import {open, rename, rm} from 'node:fs/promises';
import {UserError} from '../errors.ts';

/** Writes a result to standard output, or to a file that appears whole or not at all, readable only by its owner. */
export async function writeResult(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(text, error => (error ? reject(error) : resolve()));
    });
    return;
  }
  const partial = `${file}.${process.pid}.partial`;
  try {
    const handle = await open(partial, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, {force: true});
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} cannot be written: ${reason}`, {
      code: 'output-file',
      fix: ['name a file in a folder that you may write to: `--output-file PATH`'],
      cause: error,
    });
  }
}
