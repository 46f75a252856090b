import type {FoundRecord} from './to-record.ts';

const EMPTY: FoundRecord = {
  raw: '',
  rawStart: 0,
  rawEnd: 0,
  time: null,
  criTime: null,
  stream: null,
  source: 'Raw',
  level: null,
  provider: null,
  channel: null,
  eventId: null,
  file: null,
  message: '',
  messageAt: -1,
  timeAt: -1,
  stamp: 0,
  isJson: false,
  data: null,
  family: null,
  lossless: true,
  partial: false,
};

/** A record that comes from elsewhere than a log of LogMonitor; its texts are byte strings. */
export function madeRecord(facts: Partial<FoundRecord>): FoundRecord {
  return {...EMPTY, ...facts};
}
