import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Writable} from 'node:stream';
import {finished} from 'node:stream/promises';
import test from 'ava';
import type {FileRun} from '../../../../plugin/services/logs/file-run.ts';
import {readFileInput} from '../../../../plugin/services/logs/file-input.ts';
import type {PortableFormat} from '../../../../plugin/services/logs/render.ts';
import {portableFormat} from '../../../../plugin/services/logs/render.ts';
import {Sink} from '../../../../plugin/services/logs/sink.ts';
import type {Dialect} from '../../../helpers/logmonitor.ts';
import {DIALECTS, print} from '../../../helpers/logmonitor.ts';

/** What comes out of a file that is read with so many threads. */
async function read(
  path: string,
  threads: number,
  change: Partial<FileRun> & {output?: PortableFormat['output']} = {},
): Promise<string> {
  const {output = 'ndjson', ...rest} = change;
  const portable = {output, keepRaw: false};
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      // What is written is lent: whoever keeps it copies it.
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  await readFileInput({
    path,
    inputFormat: 'auto',
    layouts: [],
    filter: {},
    format: portableFormat(portable),
    portable,
    tail: undefined,
    stats: undefined,
    threads,
    sink: new Sink(stream),
    signal: new AbortController().signal,
    ...rest,
  });
  await finished(stream.end());
  return Buffer.concat(chunks).toString('latin1');
}

/** A log of about so many bytes, of which each part is printed by another version. */
function mixed(bytes: number, part: number, dialects: readonly Dialect[]): string {
  let text = '';
  for (let n = 0; text.length < bytes; n++) {
    const dialect = dialects[Math.floor(text.length / part) % dialects.length] ?? '2.1.1-json';
    const time = `2026-03-05T09:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}.000Z`;
    const message = `request ${n} ended\n   at Shop.Orders.Take("item ${n}")\n\tat C:\\shop\\app.cs`;
    text += print(dialect, {
      kind: 'event',
      time,
      provider: 'Shop',
      channel: 'Application',
      level: n % 5 === 0 ? 'Error' : 'Information',
      id: n % 100,
      message,
    });
    text += print(dialect, {kind: 'process', line: `info: order ${n} "taken" from C:\\queue`});
    if (n % 2000 === 0)
      text += print(dialect, {
        kind: 'file',
        file: 'u_ex.log',
        line: `#Fields: ${n % 4000 === 0 ? 'date time sc-status' : 'time date x sc-status'}`,
      });
    text += print(dialect, {kind: 'file', file: 'u_ex.log', line: `2026-03-05 09:10:11 500 ${n}`});
  }
  return text;
}

async function withFile<T>(text: string | Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'threads-'));
  try {
    const path = join(folder, 'big.log');
    writeFileSync(path, text, typeof text === 'string' ? 'latin1' : undefined);
    return await use(path);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** Some blocks of the reader. */
const SIZE = 1_500_000;

for (const [title, part, dialects] of [
  ['one version', SIZE, ['2.1.1-json']],
  ['records of several lines', SIZE, ['2.1.1-xml']],
  ['a Custom layout', SIZE, ['2.1.1-custom']],
  ['versions that change', 200_000, DIALECTS],
] as const) {
  test(`threads give what one thread gives: ${title}`, async t => {
    await withFile(mixed(SIZE, part, dialects), async path => {
      const one = await read(path, 1);
      for (const threads of [2, 3]) t.true((await read(path, threads)) === one, `${threads} threads`);
      const raw = {output: 'raw', filter: {level: 'Error'}} as const;
      t.true((await read(path, 2, raw)) === (await read(path, 1, raw)), 'raw, filtered');
      const json = {output: 'json', filter: {eventIds: new Set([7])}} as const;
      const array = await read(path, 2, json);
      t.true(array === (await read(path, 1, json)), 'json, filtered');
      t.true(Array.isArray(JSON.parse(Buffer.from(array, 'latin1').toString())));
    });
  });
}

test('threads give what one thread gives: lines of the container runtime, some in fragments', async t => {
  const lines = mixed(SIZE / 2, SIZE, ['2.1.1-json'])
    .split('\r\n')
    .map((line, i) => {
      const head = `2026-03-05T09:10:11.${String(i % 1000).padStart(3, '0')}Z stdout`;
      return i % 3 === 0 && line.length > 20
        ? `${head} P ${line.slice(0, 10)}\n${head} F ${line.slice(10)}\n`
        : `${head} F ${line}\n`;
    });
  await withFile(lines.join('') + lines.join(''), async path => {
    t.true((await read(path, 2)) === (await read(path, 1)));
  });
});

test('a line without an end in a file of lines is read by one thread from there on', async t => {
  const text = `${mixed(SIZE / 2, SIZE, ['2.1.1-json'])}${'x'.repeat(3 * SIZE)}\nlast`;
  await withFile(text, async path => {
    const two = await read(path, 2);
    t.true(two === (await read(path, 1)));
    t.true(two.includes('"message":"last"'));
    t.true((await read(path, 2, {output: 'raw'})) === text);
  });
});

test('a record that never ends is read by one thread', async t => {
  const open =
    '<Log><Source>EventLog</Source><LogEntry><Time>2026-03-05T09:10:11.000Z</Time><Channel>A</Channel><Level>Error</Level><EventId>1</EventId><Message>';
  await withFile(`${'a\n'.repeat(1000)}${open}${'line of a message\r\n'.repeat(SIZE / 19)}`, async path => {
    t.true((await read(path, 2)) === (await read(path, 1)));
  });
});

test('filters with patterns go to every thread', async t => {
  await withFile(mixed(SIZE, SIZE, ['2.2.1-json']), async path => {
    const wish = {filter: {include: [/ended.*item \d*7\b/su], channels: [/^app.*$/is]}};
    const two = await read(path, 2, wish);
    t.true(two.length > 1000);
    t.true(two === (await read(path, 1, wish)));
  });
});
