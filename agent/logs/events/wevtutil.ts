import {execa} from 'execa';
import {decodeText} from '../../../src/capture/decode.ts';
import {CollectError} from '../../collect/collector.ts';

/** What is asked of a channel. Numbers only: no text from outside gets into a query. */
export interface EventQuery {
  /** Name of a channel of our table. */
  readonly channel: string;
  /** Only events of the last so many milliseconds. */
  readonly withinMs?: number;
  /** Only events with a greater record id. */
  readonly afterId?: number;
  /** At most so many, the newest. */
  readonly count: number;
}

/** Asks the event log; answers `<Events>` with the newest event first. Throws CollectError. */
export type EventLog = (query: EventQuery, signal: AbortSignal) => Promise<string>;

/** A thousand rendered events of the System channel in UTF-16 are 8 MB; what floods ends. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Exit codes of wevtutil are Win32 errors (winerror.h). */
const ERROR_ACCESS_DENIED = 5;
const ERROR_EVT_CHANNEL_NOT_FOUND = 15_007;
const ERROR_EVT_CONFIG_ERROR = 15_009;

/**
 * The event log by the system's own program, given by its full path, in a process of its own: a service that hangs costs only
 * that process. `windows` is the folder of Windows, the only thing that the program gets from our environment.
 */
export function wevtutil(windows = 'C:\\Windows'): EventLog {
  const file = `${windows}\\System32\\wevtutil.exe`;
  return async (query, signal) => {
    const result = await execa(file, argumentsOf(query), {
      cancelSignal: signal,
      encoding: 'buffer',
      env: {SystemRoot: windows, windir: windows},
      extendEnv: false,
      forceKillAfterDelay: false,
      maxBuffer: MAX_OUTPUT_BYTES,
      reject: false,
      stdin: 'ignore',
      windowsHide: true,
    });
    if (result.isCanceled) throw new CollectError('timeout', `wevtutil did not answer for ${query.channel}`);
    if (result.failed && !result.isMaxBuffer) throw failure(query.channel, result);
    // Standard output of a buffer's encoding is bytes.
    return decodeText(result.stdout).text;
  };
}

/** https://learn.microsoft.com/windows-server/administration/windows-commands/wevtutil */
export function argumentsOf({channel, withinMs, afterId, count}: EventQuery): string[] {
  const conditions = [
    ...(withinMs === undefined ? [] : [`TimeCreated[timediff(@SystemTime) <= ${withinMs}]`]),
    ...(afterId === undefined ? [] : [`EventRecordID > ${afterId}`]),
  ];
  const query = conditions.length === 0 ? '*' : `*[System[${conditions.join(' and ')}]]`;
  return [
    'qe',
    channel,
    `/q:${query}`,
    '/f:RenderedXml',
    '/e:Events',
    '/uni:true',
    '/rd:true',
    `/c:${count}`,
  ];
}

function failure(
  channel: string,
  result: {exitCode?: number | undefined; code?: string | undefined; stderr?: Uint8Array | undefined},
): CollectError {
  const {exitCode, code, stderr} = result;
  const said = decodeText(stderr ?? new Uint8Array(), 'cp437')
    .text.trim()
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200);
  if (exitCode === ERROR_EVT_CHANNEL_NOT_FOUND || exitCode === ERROR_EVT_CONFIG_ERROR)
    return new CollectError('unsupported', `this Windows has no event channel ${channel}`);
  if (exitCode === ERROR_ACCESS_DENIED)
    return new CollectError('denied', `the event channel ${channel} is closed to the agent's account`);
  if (code === 'ENOENT') return new CollectError('unsupported', 'this Windows has no wevtutil.exe');
  return new CollectError(
    'failed',
    `wevtutil ended with ${exitCode ?? code ?? 'no code'} for ${channel}: ${said}`,
  );
}
