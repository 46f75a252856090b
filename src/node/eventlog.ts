import {millis} from '../snapshot/time.ts';
import type {Missing} from '../snapshot/evidence.ts';
import {attributeOf, elementsOf, textOf} from './xml.ts';

/** One event of Windows, as far as checks read it. */
export interface WinEvent {
  channel: string;
  /** File below the node's folder, and the event's position in it. */
  file: string;
  index: number;
  provider: string;
  id: number;
  /** RFC 3339 as Windows writes it (7 or 9 digits of a second). */
  time: string;
  /** 1 critical, 2 error, 3 warning, 4 information. */
  level: number;
  /** `EventData` or `UserData` by name; what has no name by its position: `0`, `1`. */
  data: Record<string, string>;
  /** The rendered message, where the log was asked with it. */
  message?: string;
}

/** A channel that was read, or why it was not. */
export interface ChannelState {
  channel: string;
  file: string;
  /** Time of the oldest event in the file: nothing is known of what was before. */
  oldest?: string;
  gap?: Missing;
}

/** An error that a channel has so often that its number tells something. */
export interface FrequentError extends Pick<WinEvent, 'channel' | 'file' | 'index' | 'provider' | 'id'> {
  /** Milliseconds since 1970 of each time, in the order of the file. */
  times: readonly number[];
}

/** What is kept of the event logs of a node. */
export interface EventLogs {
  channels: ChannelState[];
  events: WinEvent[];
  /** Errors of which there are more than a hundred in one channel; `index` is the first of these. */
  frequent: FrequentError[];
}

/** Fewer of one kind in a whole file are not worth keeping. */
const FREQUENT = 100;
/** 1 is critical, 2 an error (https://learn.microsoft.com/windows/win32/wes/eventmanifestschema-leveltype-complextype). */
const ERROR_LEVELS: ReadonlySet<number> = new Set([1, 2]);

/** Which events are kept: a busy node writes thousands that no check reads. */
export type EventFilter = (provider: string, id: number) => boolean;

/** Characters of a datum or message that are kept. */
const MAX_TEXT = 1000;

/**
 * Reads events as `wevtutil qe /f:XML` or `/f:RenderedXml` writes them, with or without a root element
 * (https://learn.microsoft.com/windows-server/administration/windows-commands/wevtutil). A file that was cut gives the
 * events that were whole.
 */
export function readEvents(
  text: string,
  {file, channel, keep}: {file: string; channel: string; keep: EventFilter},
): {events: WinEvent[]; frequent: FrequentError[]; oldest?: string} {
  const events: WinEvent[] = [];
  const errors = new Map<string, FrequentError & {times: number[]}>();
  let oldest: string | undefined;
  let index = -1;
  for (const xml of elementsOf(text, 'Event')) {
    index++;
    const system = elementsOf(xml, 'System')[0] ?? '';
    const time = attributeOf(system, 'TimeCreated', 'SystemTime') ?? '';
    if (time !== '' && (oldest === undefined || time < oldest)) oldest = time;
    const provider = attributeOf(system, 'Provider', 'Name') ?? '';
    const id = Number(textOf(system, 'EventID') ?? Number.NaN);
    if (!Number.isInteger(id)) continue;
    const level = Number(textOf(system, 'Level') ?? 0);
    if (ERROR_LEVELS.has(level)) {
      const key = `${provider}\0${id}`;
      const error = errors.get(key) ?? {channel, file, index, provider, id, times: []};
      error.times.push(millis(time) ?? 0);
      errors.set(key, error);
    }
    if (!keep(provider, id)) continue;
    const message = textOf(elementsOf(xml, 'RenderingInfo')[0] ?? '', 'Message');
    events.push({
      channel: textOf(system, 'Channel') ?? channel,
      file,
      index,
      provider,
      id,
      time,
      level,
      data: dataOf(xml),
      ...(message !== undefined && {message: message.slice(0, MAX_TEXT)}),
    });
  }
  const frequent = [...errors.values()].filter(e => e.times.length > FREQUENT);
  return {events, frequent, ...(oldest !== undefined && {oldest})};
}

function dataOf(event: string): Record<string, string> {
  const named: [string, string][] = [];
  const eventData = elementsOf(event, 'EventData')[0];
  if (eventData !== undefined) {
    for (const [i, datum] of elementsOf(eventData, 'Data').entries()) {
      const name = attributeOf(datum, 'Data', 'Name') ?? String(i);
      named.push([name, (textOf(datum, 'Data') ?? '').slice(0, MAX_TEXT)]);
    }
  }
  const userData = elementsOf(event, 'UserData')[0];
  if (userData !== undefined) named.push(...leavesOf(userData));
  return Object.fromEntries(named);
}

/** Elements of `UserData` that hold text only, by their names: their depth is the provider's own affair. */
const LEAF = /<([A-Za-z_][\w.-]*)(?:\s[^<>]*)?>([^<]*)<\/\1\s*>/g;

function leavesOf(userData: string): [string, string][] {
  return [...userData.matchAll(LEAF)].map(([whole, name = '']) => [
    name,
    (textOf(whole, name) ?? '').slice(0, MAX_TEXT),
  ]);
}

/** The channel that a file is of: `/` of its name is `-` there, so several channels may share a form. */
export function channelOfFile(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.xml$/, '');
}

/** What is missing of a channel; nothing where it was read. `name` as Windows has it. */
export function channelOf({channels}: EventLogs, name: string): ChannelState | undefined {
  const form = name.replaceAll('/', '-').toLowerCase();
  return channels.find(c => c.channel.replaceAll('/', '-').toLowerCase() === form);
}
