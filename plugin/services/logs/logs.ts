import {withChoice} from './choice.ts';
import type {LiveLogsFlags} from './query.ts';
import {usage} from './query.ts';

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
  if (flags.from !== undefined && path !== undefined)
    throw usage('--from reads a capture and --file-input a log file: they exclude each other');
  if (path !== undefined && !flags.timeline) {
    const {logsOfFile} = await import('./logs-of-file.ts');
    await logsOfFile(path, flags, signal);
    return;
  }
  // Where lines of several logs meet, people want to see which is whose.
  const prefix = flags.prefix ?? (target?.includes('/') !== false || flags['all-containers']);
  const shown = {...flags, prefix, timestamps: flags.timestamps || flags.timeline};
  await withChoice(shown, async choice => {
    const run = {...choice, signal, flags, note};
    const node = /^nodes?\/(.*)$/.exec(target ?? '')?.[1];
    if (flags.timeline) {
      if (target === undefined) throw usage('--timeline tells of POD or node/NAME');
      const {readTimeline} = await import('./timeline.ts');
      await readTimeline({...run, target});
    } else if (node !== undefined && flags.from !== undefined) {
      const {readCapturedNodeLog} = await import('./captured-node.ts');
      await readCapturedNodeLog({...run, node, from: flags.from});
    } else if (node !== undefined) {
      const read = flags['node-proxy']
        ? (await import('./node-proxy.ts')).readNodeProxy
        : (await import('./node-log.ts')).readNodeLog;
      await read({...run, node});
    } else {
      const {readLive} = await import('./live.ts');
      await readLive({...run, target});
    }
  });
}
