import type {LogFilter} from '../../../src/logs/filter.ts';
import type {LogOrigin} from '../../../src/logs/record.ts';
import {LogStats} from '../../../src/logs/stats.ts';
import type {Layout} from '../../../src/parse/logmonitor/layout.ts';
import type {Paint, Palette} from '../../../src/report/palette.ts';
import {paletteFor} from '../../terminal.ts';
import type {LogsFlags} from './query.ts';
import {filterOf, layoutsOf} from './query.ts';
import type {LogFormat} from './render.ts';
import {formatOf, isRaw} from './render.ts';
import {Sink} from './sink.ts';

/** Which records are wanted, and how they are written: the same wherever logs are read from. */
export interface Choice {
  filter: LogFilter;
  /** Layouts of LogMonitor's Custom format that are known. */
  layouts: readonly Layout[];
  /** Undefined: the bytes as they came. */
  format: LogFormat | undefined;
  stats: LogStats | undefined;
  sink: Sink;
}

/** Reads logs by what flags choose, and sums up at the end where that is wanted. */
export async function withChoice(flags: LogsFlags, read: (choice: Choice) => Promise<void>): Promise<void> {
  const palette = paletteFor(process.stdout, flags.color);
  const stats = flags.stats ? new LogStats() : undefined;
  const format = formatOf(flags, {palette, ofOrigin: originPaint(palette)});
  const choice = {
    filter: filterOf(flags, Date.now()),
    layouts: layoutsOf(flags),
    format: isRaw(flags) ? undefined : format,
    stats,
    sink: new Sink(process.stdout, flags['limit-bytes']),
  };
  try {
    await read(choice);
  } finally {
    // What is followed ends by an interruption, and then, too, the sum is wanted.
    if (stats) process.stderr.write(stats.text());
  }
}

/** Gives each pod a colour that stays the same from run to run. */
function originPaint({info, good, code, warning, strong}: Palette): (origin: LogOrigin) => Paint {
  const paints = [info, good, code, warning, strong] as const;
  return ({pod}) => {
    let hash = 0;
    for (const char of pod ?? '') hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
    return paints[hash % paints.length] ?? info;
  };
}
