import {createHash} from 'node:crypto';
import {LogParser} from '../../../../src/parse/logmonitor/parser.ts';
import type {LogRecord} from '../../../../src/logs/record.ts';
import {testWithSample} from '../../../helpers/samples.ts';

/** What each sample must give, checked by eye against its description once: sources, how many are damaged, hash of all records. */
const EXPECTED: readonly [file: string, sources: string, damaged: number, hash: string][] = [
  ['logmonitor/real-main-2022-12-etw-xml-providername.pretty.xml', 'ETW 1', 0, '3003d087249e2609'],
  ['logmonitor/real-v1.0-eventlog-xml.log', 'EventLog 1', 0, 'e51681503f9fef03'],
  ['logmonitor/real-v1.x-etw-xml-test-comment.txt', 'ETW 1', 0, 'a522735cd8f45396'],
  ['logmonitor/real-v1.x-trace-lines.log', 'Monitor 12', 0, '5eaf4939fc7f864e'],
  ['logmonitor/real-v2.0.2-startup-trace-and-eventlog.log', 'Monitor 3, EventLog 2', 0, '6579da7368ea502a'],
  ['logmonitor/real-v2.1.0-eventlog-eventsource.pretty.json', 'EventLog 1', 0, 'a82cd5cdf2e6ba5d'],
  ['logmonitor/real-v2.1.0-rc0-process-xml.log', 'Process 1', 1, '0c1969c400c2dec4'],
  ['logmonitor/real-v2.x-etw-json-test-comment.pretty.json', 'ETW 1', 0, 'e96ebf2db844220c'],
  ['derived/all-trace-lines.log', 'Monitor 12, Raw 1', 0, '60a3db235448c076'],
  ['derived/cri-split-inside-utf8.log', 'File 1', 0, 'b2d5912890ca4ab4'],
  ['derived/cri-xml-multiline-record.log', 'EventLog 1', 0, '88a5abf908decace'],
  ['derived/v1.2-file-includeFileNames.log', 'Monitor 1, File 2', 0, 'ae7ed32b0472ce5a'],
  ['derived/v1.2.1-file-includeFileNames.log', 'File 2', 0, '80674b5a5faf3bc4'],
  ['derived/v1.x-etw-wbem.log', 'ETW 1', 0, 'a87a310424733882'],
  ['derived/v1.x-eventlog-multiline-false.log', 'EventLog 2', 0, 'ac1b19b536dca803'],
  ['derived/v1.x-eventlog-multiline-true.log', 'EventLog 2', 0, '9cbaa4dfb68f4930'],
  ['derived/v2.0-eventlog-json.log', 'EventLog 2', 1, 'fc814ffacedcfe47'],
  ['derived/v2.0-file-json.log', 'File 2', 1, '709e1639b3b46899'],
  ['derived/v2.0-process-json.log', 'Process 3', 2, '2892ca7175eabeed'],
  ['derived/v2.1-custom-default-layouts.log', 'EventLog 1, File 1, ETW 1, Process 1', 0, '1dd2a7a8db249013'],
  ['derived/v2.1-custom-json-suffix.log', 'EventLog 1', 1, 'e58dec62f9fb2acf'],
  ['derived/v2.1-etw-xml.log', 'ETW 1', 0, '6b83ce55b5f6ff02'],
  ['derived/v2.1-eventlog-json.log', 'EventLog 3', 2, 'b78d429a39bea15e'],
  ['derived/v2.1-eventlog-xml.log', 'EventLog 2', 0, 'd67656d2bd00977b'],
  ['derived/v2.1-file-json.log', 'File 2', 1, '8d72175b5c20d533'],
  ['derived/v2.1-file-xml.log', 'File 1', 0, 'f108993f6ac80aab'],
  ['derived/v2.1-process-xml.log', 'Process 3', 2, 'bafe701b7f7a7ef3'],
  ['derived/v2.1.0-rc0-eventlog-xml.log', 'EventLog 1', 0, 'ffab6e630f8f0149'],
  ['derived/v2.1.2-process-xml.log', 'Process 3', 1, '84cdbb10f1770cb8'],
  ['derived/v2.2-custom-json-suffix-BROKEN.log', 'EventLog 1', 1, 'e5cd0fffea9f1be5'],
  ['derived/v2.2-eventlog-json.log', 'EventLog 3', 0, '4a6aedf1d98f2c2d'],
  ['derived/v2.2-file-json.log', 'File 2', 1, '6dbed71ec49ab956'],
  ['derived/v2.x-etw-json.log', 'ETW 1', 0, 'fbcd74f5963397b4'],
  ['cri/containerd-no-trailing-newline.log', 'Raw 1', 0, '5f79cfc082fc0a3b'],
  ['cri/docker-json-windows-crlf.log', 'Raw 3', 0, 'f234f07427f24d86'],
  ['cri/kubelet-test-lines.log', 'Raw 3', 0, '49d1c133dfe45b7c'],
  ['w3c/httpapi2-comment-in-header.log', 'Raw 5', 0, '25e1d11b4af5b756'],
  ['w3c/iis4-ftp-time-only.log', 'Raw 22', 0, '56cebf9261ebb5f4'],
  ['w3c/iis85-200-lines.log', 'Raw 200', 0, '157122a0a4b939b6'],
];

/** Samples that people broke into lines; LogMonitor prints one. */
const PRETTY = /\.pretty\.(?:json|xml)$/;

function read(file: string, bytes: Uint8Array): LogRecord[] {
  const parser = new LogParser();
  const text = Buffer.from(bytes).toString('latin1');
  const input = PRETTY.test(file) ? `${text.trim().replaceAll(/\n\s*/g, '')}\n` : bytes;
  return [...parser.push(input), ...parser.flush()];
}

/** `Monitor 3, EventLog 2`: sources in the order in which they first come. */
function sourcesOf(records: readonly LogRecord[]): string {
  const counts = new Map<string, number>();
  for (const {source} of records) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, n]) => `${source} ${n}`).join(', ');
}

for (const [file, sources, damaged, hash] of EXPECTED) {
  testWithSample(`${file} gives exactly the records that it shows`, `logs/${file}`, (t, _, bytes) => {
    const records = read(file, bytes);
    t.is(sourcesOf(records), sources);
    t.is(records.filter(r => !r.lossless).length, damaged);
    t.is(createHash('sha256').update(JSON.stringify(records)).digest('hex').slice(0, 16), hash);
  });
}
