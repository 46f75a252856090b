import {withChoice} from './choice.ts';
import {readFileInput} from './file-input.ts';
import type {LogsFlags} from './query.ts';
import {tailOf} from './query.ts';
import {portableOf} from './render.ts';

/** Shows the records of a log file; `-` is standard input. */
export async function logsOfFile(path: string, flags: LogsFlags, signal: AbortSignal): Promise<void> {
  await withChoice(flags, choice =>
    readFileInput({
      ...choice,
      path,
      signal,
      inputFormat: flags['input-format'],
      portable: portableOf(flags),
      tail: tailOf(flags),
      threads: flags.threads,
    }),
  );
}
