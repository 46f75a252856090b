import test from 'ava';
import {madeRecord} from '../../../src/logs/made-record.ts';
import {messageText} from '../../../src/logs/to-record.ts';
import {withoutSecrets} from '../../../src/logs/without-secrets.ts';
import {Scanner} from '../../../src/parse/logmonitor/scanner.ts';

const MASKED: Readonly<Record<string, string>> = {
  'login with token=abc failed': 'login with token=*** failed',
  'GET /orders?token=a1b2c3 200': 'GET /orders?token=*** 200',
  'password=hunter2': 'password=***',
  'Token: ab12': 'Token: "***"',
};
const KEPT = [
  'token expired',
  'invalid token: signature mismatch',
  'mscorlib, PublicKeyToken=b77a5c561934e089',
  'secret="shop/web-tls" not found',
  'auth=basic',
];

for (const [text, masked] of Object.entries(MASKED)) {
  test(`a story shows ${masked} and not what stood there`, t => {
    t.is(messageText(withoutSecrets(madeRecord({message: text}))), masked);
  });
}

for (const text of KEPT) {
  test(`a story shows as it is: ${text}`, t => {
    t.is(messageText(withoutSecrets(madeRecord({message: text}))), text);
  });
}

test('a record keeps the time that its message began with, and its data stay JSON', t => {
  const scanner = new Scanner({format: 'plain'});
  const shown: unknown[] = [];
  const lines =
    '{"Source":"Process","LogEntry":{"Logline":"2026-03-05 09:10:11,123 token=abc"},"SchemaVersion":"1.0.0"}\n' +
    '{"Source":"ETW","LogEntry":{"Time":"2026-03-05T09:10:12.000Z","ProviderName":"a","ProviderId":"{7E8AD27F-B271-4EA2-A783-A47BDE29143B}","DecodingSource":"DecodingSourceXMLFile","Execution":{"ProcessId":1,"ThreadId":2},"Level":"Error","Keyword":"0x0","EventId":"1","EventData":{"password":"hunter2","n":3}},"SchemaVersion":"1.0.0"}\r\n';
  scanner.scan(lines, true, found => {
    const {time, message, data} = withoutSecrets(found);
    shown.push([time, message, data === null ? null : (JSON.parse(data) as {eventData?: unknown}).eventData]);
  });
  t.deepEqual(shown, [
    ['2026-03-05T09:10:11.123Z', '2026-03-05 09:10:11,123 token=***', null],
    ['2026-03-05T09:10:12.000Z', 'password: *** n: 3', {password: '***', n: 3}],
  ]);
});
