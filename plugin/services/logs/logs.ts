import {LogStats} from '../../../src/logs/stats.ts';
import {paletteFor} from '../../terminal.ts';
import {readFileInput} from './file-input.ts';
import type {LogsFlags} from './query.ts';
import {filterOf, usage} from './query.ts';
import {formatOf, isRaw} from './render.ts';
import {Sink} from './sink.ts';

/** Shows the records of a log. */
export async function logs(target: string | undefined, flags: LogsFlags, signal: AbortSignal): Promise<void> {
  const path = flags['file-input'];
  if (path === undefined || target !== undefined) {
    throw usage(
      path === undefined ? 'say which log: `--file-input PATH`' : '--file-input takes no POD beside it',
    );
  }
  const palette = paletteFor(process.stdout, flags.color);
  const stats = flags.stats ? new LogStats() : undefined;
  const format = formatOf(flags, {palette, ofOrigin: () => palette.dim});
  await readFileInput({
    path,
    inputFormat: flags['input-format'],
    filter: filterOf(flags, Date.now()),
    format: isRaw(flags) ? undefined : format,
    tail: flags.tail === undefined || flags.tail < 0 ? undefined : flags.tail,
    stats,
    sink: new Sink(process.stdout, flags['limit-bytes']),
    signal,
  });
  if (stats) process.stderr.write(stats.text());
}
