/**
 * Redaction by the default rules, in MB of text a second of one thread's own time: mixed logs, JSON, one line without an end;
 * and texts that are made to be slow, for which it is linear, too.
 */
import {redactFile} from '../../src/redact/redact-file.ts';
import {Inventor} from '../helpers/redaction/invent.ts';
import {LOOK_ALIKES} from '../helpers/redaction/look-alikes.ts';
import {SECRET_LINES} from '../helpers/redaction/secrets.ts';
import {Bounds, isFull, middle} from './parts/measure.ts';

const SIZE = isFull ? 40_000_000 : 4_000_000;
const WANTED = 40;
const RUNS = 5;

/** What nodes and containers write, mostly; one line of ten looks like a secret, one of fifty has one. */
const COMMON = [
  'I1129 12:04:10.123456    4321 kubelet.go:2345] "SyncLoop ADD" source="api" pods=["shop/web-6d4cf56db6-abcde"]',
  '2026-11-29T12:04:10.1234567Z stdout F {"Source":"EventLog","LogEntry":{"Time":"2026-11-29T12:04:10.000Z","Channel":"System","Level":"Information","EventId":7036,"Message":"The Windows Update service entered the running state."}}',
  'time="2026-11-29T12:04:10Z" level=info msg="PullImage mcr.microsoft.com/windows/nanoserver@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef returns" id=8d5c1f9e-7b2a-4c3d-9e8f-1a2b3c4d5e6f',
  '2026-11-29 12:04:10 10.0.0.5 GET /api/items key=5 443 - 10.1.2.3 Mozilla/5.0 200 0 0 15',
];

function mixed(): string[] {
  const inventor = new Inventor(20_261_129);
  const lines: string[] = [];
  for (let n = 0, size = 0; size < SIZE; n++) {
    const common = COMMON[n % COMMON.length] ?? '';
    const line =
      n % 50 === 0
        ? inventor.pick(Object.values(SECRET_LINES))(inventor).text
        : n % 10 === 0
          ? inventor.pick(Object.values(LOOK_ALIKES))(inventor)
          : common;
    lines.push(line);
    size += line.length + 1;
  }
  return lines;
}

/** Processor time, in microseconds, below which its steps show. */
const LEAST_USER_US = 20_000;

/** Megabytes a second of processor time: a busy machine makes it no slower. */
function speed(path: string, text: string): number {
  const flat = Buffer.from(text).toString();
  const times = Array.from({length: RUNS + 1}, () => {
    const before = process.cpuUsage();
    let user = 0;
    let times = 0;
    // The system counts processor time in steps: of one quick run it may have counted nothing.
    for (; user < LEAST_USER_US; times++) {
      redactFile(path, flat);
      ({user} = process.cpuUsage(before));
    }
    return user / 1e6 / times;
  });
  return flat.length / 1e6 / middle(times.slice(1));
}

const bounds = new Bounds();
const lines = mixed();
const log = lines.join('\n');
bounds.atMost('s for 40 MB of mixed logs', WANTED / speed('a.log', log), 1);
bounds.note('one line of all of it, MB/s', speed('a.log', lines.join(' ')));
const objects = lines.map((line, n) => ({
  metadata: {name: `pod-${n}`, labels: {app: 'web'}},
  status: {message: line, count: n},
}));
bounds.note('JSON, MB/s', speed('a.json', JSON.stringify(objects.slice(0, objects.length / 2), null, 2)));

const HOSTILE = [
  'key',
  'token=',
  'password="',
  '-eyJ',
  '-----BEGIN PRIVATE KEY-----\n',
  '//a@',
  '?sig=',
  'curl ',
  'cookie:',
  'AAAA',
  '"name":"password","value":"',
];
for (const part of HOSTILE) {
  const small = speed('a.log', part.repeat(400_000 / part.length));
  const large = speed('a.log', part.repeat(2_000_000 / part.length));
  bounds.atMost(`${JSON.stringify(part)}: 2 MB against 400 KB, a byte`, small / large, 3, ' times');
}
bounds.conclude();
