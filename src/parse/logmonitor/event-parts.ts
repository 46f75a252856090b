import type {ByteString} from '../../logs/bytes.ts';
import {copyOf} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import {windowsLevel} from '../applog/levels.ts';
import type {Stretch} from './known.ts';
import {Known} from './known.ts';

const PROVIDER = '"EventSource": "';
const TIME = '"Time": "';
const CHANNEL = '","Channel": "';
const LEVEL = '","Level": "';
const ID = '","EventId": ';

/** What stands in a record of an event before its time: the provider, or nothing. */
function readBeforeTime(text: ByteString, at: number): Stretch<ByteString | null> | undefined {
  if (text.startsWith(TIME, at)) return {text: TIME, value: null};
  if (!text.startsWith(PROVIDER, at)) return undefined;
  const quote = text.indexOf('"', at + PROVIDER.length);
  if (!text.startsWith('",', quote) || !text.startsWith(TIME, quote + 2)) return undefined;
  return {
    text: text.slice(at, quote + 2 + TIME.length),
    value: copyOf(text.slice(at + PROVIDER.length, quote)),
  };
}

/** What stands between the time and the id of an event. */
function readAfterTime(text: ByteString, at: number): Stretch<ChannelAndLevel> | undefined {
  const channel = at + CHANNEL.length;
  const channelEnd = text.indexOf('"', channel);
  const level = channelEnd + LEVEL.length;
  const levelEnd = text.indexOf('"', level);
  if (!text.startsWith(CHANNEL, at) || !text.startsWith(LEVEL, channelEnd) || !text.startsWith(ID, levelEnd))
    return undefined;
  return {
    text: text.slice(at, levelEnd + ID.length),
    value: {
      channel: copyOf(text.slice(channel, channelEnd)),
      level: windowsLevel(text, level, levelEnd),
    },
  };
}

/** What stands in the records of events around their time. */
export class EventParts {
  readonly before = new Known(readBeforeTime);
  readonly after = new Known(readAfterTime);
}

interface ChannelAndLevel {
  channel: ByteString;
  level: LogLevel | null;
}
