import type {PodLog} from '../../src/logs/summary.ts';
import {LogSummarizer} from '../../src/parse/logmonitor/summarize.ts';
import {collected} from '../../src/snapshot/evidence.ts';

/** A line of LogMonitor about itself, as the kubelet gives it. */
export function ownLine(level: 'INFO' | 'WARNING' | 'ERROR', text: string): string {
  return `2026-09-01T11:00:00.123Z [2026-09-01T11:00:00.000Z][LOGMONITOR] ${level}: ${text}\r\n`;
}

/** A line that LogMonitor 2.1 read from a file. */
export const FILE_LINE =
  '2026-09-01T11:00:01.123Z {"Source": "File","LogEntry": {"Logline": "GET / 200","FileName": "iis.log"},"SchemaVersion":"1.0.0"}\r\n';

/** The log of the container of `shop/web`'s first pod, read as it is read from a cluster. */
export function podLog(text: string, change: Partial<PodLog> & {cut?: boolean} = {}): PodLog {
  const {cut = false, ...rest} = change;
  const summarizer = new LogSummarizer();
  summarizer.push(Buffer.from(text));
  return {
    namespace: 'shop',
    pod: 'web-0',
    container: 'web',
    previous: false,
    log: collected(summarizer.end(cut)),
    ...rest,
  };
}
