import {LogStats} from '../../../src/logs/stats.ts';
import type {LogOrigin} from '../../../src/logs/record.ts';
import type {Paint, Palette} from '../../../src/report/palette.ts';
import {paletteFor} from '../../terminal.ts';
import type {LiveLogsFlags} from './query.ts';
import {filterOf, layoutsOf, tailOf, usage} from './query.ts';
import {formatOf, isRaw, portableOf} from './render.ts';
import {Sink} from './sink.ts';

/**
 * Shows the records of a log file, or of the logs of a cluster's containers. What reads them is loaded only where it is asked
 * for: who filters a file waits for no client of a cluster.
 */
export async function logs(
  target: string | undefined,
  flags: LiveLogsFlags,
  {signal, note}: {signal: AbortSignal; note: (text: string) => void},
): Promise<void> {
  const path = flags['file-input'];
  if (path !== undefined && target !== undefined) throw usage('--file-input takes no POD beside it');
  if (flags.from !== undefined && (path !== undefined || flags.timeline || /^nodes?\//.test(target ?? '')))
    throw usage(
      '--from has logs of containers: POD, TYPE/NAME, -l SELECTOR or -A; `kubectl win bundle serve` shows files of nodes',
    );
  const palette = paletteFor(process.stdout, flags.color);
  const stats = flags.stats ? new LogStats() : undefined;
  // Where lines of several logs meet, people want to see which is whose.
  const prefix =
    flags.prefix ?? (path === undefined && (target?.includes('/') !== false || flags['all-containers']));
  const format = formatOf(
    {...flags, prefix, timestamps: flags.timestamps || flags.timeline},
    {palette, ofOrigin: originPaint(palette)},
  );
  const run = {
    filter: filterOf(flags, Date.now()),
    layouts: layoutsOf(flags),
    format: isRaw(flags) ? undefined : format,
    stats,
    sink: new Sink(process.stdout, flags['limit-bytes']),
    signal,
  };
  try {
    const node = /^nodes?\/(.*)$/.exec(target ?? '')?.[1];
    if (flags.timeline) {
      if (target === undefined) throw usage('--timeline tells of POD or node/NAME');
      const {readTimeline} = await import('./timeline.ts');
      await readTimeline({...run, target, flags, note});
    } else if (node !== undefined) {
      const read = flags['node-proxy']
        ? (await import('./node-proxy.ts')).readNodeProxy
        : (await import('./node-log.ts')).readNodeLog;
      await read({...run, node, flags, note});
    } else if (path === undefined) {
      const {readLive} = await import('./live.ts');
      await readLive({...run, target, flags, note});
    } else {
      const {readFileInput} = await import('./file-input.ts');
      await readFileInput({
        ...run,
        path,
        inputFormat: flags['input-format'],
        portable: portableOf(flags),
        tail: tailOf(flags),
        threads: flags.threads,
      });
    }
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
