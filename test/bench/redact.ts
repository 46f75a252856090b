/**
 * Redaction by the default rules, in MB of text a second of one thread's own time: mixed logs, JSON, one line without an end;
 * texts that are made to be slow, for which it is linear, too; and what the user's own rules take, by themselves.
 */
import {logRedactor} from '../../src/redact/files/stream.ts';
import {redactFile} from '../../src/redact/redact-file.ts';
import {compileRules} from '../../src/redact/rules/rules.ts';
import {Inventor} from '../helpers/redaction/invent.ts';
import {LOOK_ALIKES} from '../helpers/redaction/look-alikes.ts';
import {SECRET_LINES} from '../helpers/redaction/secrets.ts';
import {Bounds, isFull, middle} from './parts/measure.ts';

const SIZE = isFull ? 40_000_000 : 4_000_000;
const WANTED = 40;
/** RE2 in JavaScript is slow: less of a text says as much. */
const RULED = 2_000_000;
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

/** Megabytes a second of processor time: what else a machine does is not counted. */
function speed(text: string, redact: (flat: string) => unknown): number {
  const flat = Buffer.from(text).toString();
  const times = Array.from({length: RUNS + 1}, () => {
    const before = process.cpuUsage();
    let user = 0;
    let times = 0;
    // The system counts processor time in steps: of one quick run it may have counted nothing.
    for (; user < LEAST_USER_US; times++) {
      redact(flat);
      ({user} = process.cpuUsage(before));
    }
    return user / 1e6 / times;
  });
  return flat.length / 1e6 / middle(times.slice(1));
}

const asFile = (path: string) => (flat: string) => redactFile(path, flat);

/** As a log is read that has no line end. */
function inPieces(flat: string): void {
  const redactor = logRedactor(new Map());
  for (let at = 0; at < flat.length; at += PIECE) redactor.push(flat.slice(at, at + PIECE));
  redactor.end();
}

const PIECE = 64 << 10;
const LINE = SIZE / 2;

/** A pod as an API server has it, without what it says of its own fields. */
function pod(n: number): object {
  const name = `web-6d4cf56db6-${n}`;
  const digest = '0123456789abcdef'.repeat(4);
  const token = {serviceAccountToken: {expirationSeconds: 3607, path: 'token'}};
  return {
    kind: 'Pod',
    metadata: {name, namespace: 'shop', uid: `8d5c1f9e-7b2a-4c3d-9e8f-${n}`, labels: {app: 'web'}},
    spec: {
      volumes: [{name: 'kube-api-access-x2x4q', projected: {sources: [token], defaultMode: 420}}],
      containers: [{name: 'c', image: 'web:1', env: [{name: 'MODE', value: 'fast'}], args: ['--v', '2']}],
      nodeSelector: {'kubernetes.io/os': 'windows'},
      tolerations: [{key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute'}],
    },
    status: {
      phase: 'Running',
      conditions: [{type: 'Ready', status: 'True', lastTransitionTime: '2026-11-29T12:04:10Z'}],
      containerStatuses: [{name: 'c', ready: true, restartCount: 0, imageID: `web@sha256:${digest}`}],
    },
  };
}

const bounds = new Bounds();
const lines = mixed();
const log = lines.join('\n');
bounds.atMost('s for 40 MB of mixed logs', WANTED / speed(log, asFile('a.log')), 1);
const line = log.slice(0, LINE).replaceAll('\n', ' ');
bounds.atMost(`s for 40 MB in lines of ${LINE / 1e6} MB`, WANTED / speed(line, asFile('a.log')), 1);
bounds.atMost('s for 40 MB of such lines, piece by piece', WANTED / speed(line, inPieces), 1);
const objects = lines.map((message, n) => ({
  metadata: {name: `pod-${n}`, labels: {app: 'web'}},
  status: {message, count: n},
}));
const json = JSON.stringify(objects.slice(0, objects.length / 2), null, 2);
bounds.atMost('s for 40 MB of JSON that holds such lines', WANTED / speed(json, asFile('a.json')), 1);
const pods = JSON.stringify(Array.from({length: SIZE / 1000}, (_, n) => pod(n)));
bounds.note('pods, MB/s', speed(pods, asFile('a.json')));
const rules = compileRules([
  {rule: 'customer', regex: String.raw`customer-\d{6,}`},
  {rule: 'card', regex: String.raw`\b(?P<mask>\d{4}-\d{4}-\d{4})-\d{4}\b`},
  {rule: 'name', value: 'Contoso'},
]);
const byRules = (flat: string) => rules.apply('a.log', flat, new Map());
bounds.note("three rules of a user's, MB/s", speed(log.slice(0, RULED), byRules));

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
  const small = speed(part.repeat(400_000 / part.length), asFile('a.log'));
  const large = speed(part.repeat(2_000_000 / part.length), asFile('a.log'));
  bounds.atMost(`${JSON.stringify(part)}: 2 MB against 400 KB, a byte`, small / large, 3, ' times');
}
bounds.conclude();
