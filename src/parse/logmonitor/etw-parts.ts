import type {ByteString} from '../../logs/bytes.ts';
import {copyOf, isPlainJson} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import {windowsLevel} from '../applog/levels.ts';
import type {Stretch} from './known.ts';
import {Known} from './known.ts';
import {wholeNumber} from './shapes.ts';

/** Texts between the fields, in the order of EtwMonitor.cpp (EtwJsonFormat). */
const PROVIDER = '","ProviderName":"';
const PROVIDER_ID = '","ProviderId":"';
const DECODING = '","DecodingSource":"';
const PID = '","Execution":{"ProcessId":';
const LEVEL = '},"Level":"';
const KEYWORD = '","Keyword":"';
const ID = '","EventId":"';
const DATA = '","EventData":{';

/** What stands in an ETW record between its time and the process's id. */
export interface EtwProvider {
  provider: ByteString;
  providerId: ByteString;
  decodingSource: ByteString;
  /** How the record's data begin in JSON, up to the process's id; undefined where something of it must be escaped or is empty. */
  json: ByteString | undefined;
}

/** What stands between the thread's id and the event's data. */
export interface EtwKind {
  level: LogLevel | null;
  keyword: ByteString;
  id: ByteString;
  /** The id where it is a number. */
  eventId: number | null;
  /** How the record's data go on in JSON after the thread's id; undefined where something of it must be escaped. */
  json: ByteString | undefined;
}

/** What stands in the records of ETW around their numbers. */
export class EtwParts {
  readonly provider = new Known(readProvider);
  readonly kind = new Known(readKind);
}

function readProvider(text: ByteString, at: number): Stretch<EtwProvider> | undefined {
  // A field ends at the first character of what follows it; the literal must stand there.
  const provider = at + PROVIDER.length;
  const providerEnd = text.indexOf('"', provider);
  const providerId = providerEnd + PROVIDER_ID.length;
  const providerIdEnd = text.indexOf('"', providerId);
  const decoding = providerIdEnd + DECODING.length;
  const decodingEnd = text.indexOf('"', decoding);
  if (
    !text.startsWith(PROVIDER, at) ||
    !text.startsWith(PROVIDER_ID, providerEnd) ||
    !text.startsWith(DECODING, providerIdEnd) ||
    !text.startsWith(PID, decodingEnd)
  )
    return undefined;
  const id = copyOf(text.slice(providerId, providerIdEnd));
  const source = copyOf(text.slice(decoding, decodingEnd));
  const isPlain = id !== '' && isPlainJson(id) && isPlainJson(source);
  return {
    text: text.slice(at, decodingEnd + PID.length),
    value: {
      provider: copyOf(text.slice(provider, providerEnd)),
      providerId: id,
      decodingSource: source,
      json: isPlain ? `{"providerId":"${id}","decodingSource":"${source}","processId":` : undefined,
    },
  };
}

function readKind(text: ByteString, at: number): Stretch<EtwKind> | undefined {
  const level = at + LEVEL.length;
  const levelEnd = text.indexOf('"', level);
  const keyword = levelEnd + KEYWORD.length;
  const keywordEnd = text.indexOf('"', keyword);
  const id = keywordEnd + ID.length;
  const idEnd = text.indexOf('"', id);
  if (
    !text.startsWith(LEVEL, at) ||
    !text.startsWith(KEYWORD, levelEnd) ||
    !text.startsWith(ID, keywordEnd) ||
    !text.startsWith(DATA, idEnd)
  )
    return undefined;
  const word = copyOf(text.slice(keyword, keywordEnd));
  return {
    text: text.slice(at, idEnd + DATA.length),
    value: {
      level: windowsLevel(text, level, levelEnd),
      keyword: word,
      id: copyOf(text.slice(id, idEnd)),
      eventId: wholeNumber(text, id, idEnd),
      json: isPlainJson(word) ? `,"keyword":"${word}","eventData":{` : undefined,
    },
  };
}
