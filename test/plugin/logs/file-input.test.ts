import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {folderWith, win} from '../../helpers/cli.ts';

const EVENT =
  '{"Source": "EventLog","LogEntry": {"EventSource": "Shop","Time": "2024-03-05T09:10:11.000Z","Channel": "Application","Level": "Error","EventId": 1013,"Message": "no stock"}}\r\n';
const INFO = EVENT.replace('Error', 'Information').replace('1013', '7036').replace('09:10:11', '09:20:00');
const FILE =
  '{"Source": "File","LogEntry": {"Logline": "plain \\u001b[31mred","FileName": "logs\\\\app.log"},"SchemaVersion":"1.0.0"}\r\n';
const RAW = 'hello \u001b[2J world\n';
const LOG = EVENT + INFO + FILE + RAW;

/** Messages of the records that a run gives. */
function messages(stdout: string): string[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(line => String((JSON.parse(line) as {message: unknown}).message));
}

test('a log file becomes records, whatever the format, and nothing of it is lost', async t => {
  const folder = folderWith(t, {'web.log': LOG});
  const path = join(folder, 'web.log');
  const raw = await win(['logs', '--file-input', path, '-o', 'raw']);
  t.is(raw.stdout, LOG);
  const json = await win(['logs', '--file-input', path, '-o', 'json']);
  const ndjson = await win(['logs', '--file-input', '-', '-o', 'ndjson'], LOG);
  const records = JSON.parse(json.stdout) as unknown[];
  t.is(records.length, 4);
  t.deepEqual(
    ndjson.stdout
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as unknown),
    records,
  );
});

test('filters choose records', async t => {
  const run = async (...args: string[]): Promise<string[]> => {
    const {stdout, stderr, code} = await win(['logs', '--file-input', '-', '-o', 'ndjson', ...args], LOG);
    t.is(code, 0, stderr);
    return messages(stdout);
  };
  t.deepEqual(await run('--level', 'warning'), ['no stock']);
  t.deepEqual(await run('--event-id', '7036,1'), ['no stock']);
  t.deepEqual(await run('--channel', 'app*', '--since-time', '2024-03-05T09:15:00Z'), ['no stock']);
  t.deepEqual(await run('--provider', 'shop', '--until', '2024-03-05T09:15:00Z'), ['no stock']);
  t.deepEqual(await run('--file', 'logs\\*'), ['plain \u001b[31mred']);
  t.deepEqual(await run('--from-source', 'Raw,file', '--exclude', 'plain'), ['hello \u001b[2J world']);
  t.is((await run('--include', 'stock')).length, 2);
  t.deepEqual(await run('--tail', '1'), ['hello \u001b[2J world']);
  t.deepEqual(await run('--tail', '0'), []);
});

test('text for a terminal shows control characters and obeys none', async t => {
  const {stdout} = await win(['logs', '--file-input', '-', '--color', 'always', '--highlight', 'red'], LOG);
  t.true(stdout.includes('hello \\x1b[2J world'));
  t.true(stdout.includes('plain \\x1b[31m\u001b[1mred\u001b[22m'));
  t.true(stdout.includes('Application Shop 1013:'));
});

test('cells of CSV are no formulas', async t => {
  const {stdout} = await win(['logs', '--file-input', '-', '-o', 'csv'], '=1+1\n"a","b"\n');
  t.regex(stdout, /,'=1\+1,/);
  t.regex(stdout, /,"""a"",""b""",/);
});

test('templates name fields, and a field that no record has is a mistake', async t => {
  const {stdout} = await win(
    ['logs', '--file-input', '-', '-o', 'template={{pad .level 12}}|{{.eventId}}\\t{{json .data}}'],
    EVENT,
  );
  t.is(stdout, 'Error       |1013\t{}\n');
  const wrong = await win(['logs', '--file-input', '-', '-o', 'template={{.msg}}'], EVENT);
  t.is(wrong.code, 2);
  t.regex(wrong.stderr, /a record has no `msg`/);
});

test('mistakes on the command line are told in one line, with exit code 2', async t => {
  for (const args of [
    ['--level', 'loud'],
    ['--event-id', 'x'],
    ['--include', '('],
    ['--since', 'yesterday'],
    ['-o', 'yaml'],
    ['--timezone', 'Mars/Phobos', '--timestamps'],
    ['--from-source', 'Nowhere'],
  ]) {
    const {code, stderr} = await win(['logs', '--file-input', '-', ...args], LOG);
    t.is(code, 2, args.join(' '));
    t.regex(stderr, /^error: /);
  }
  t.is((await win(['logs', '--file-input', '/nonexistent.log'])).code, 3);
});

test('a reader that closes early is no error', async t => {
  const folder = folderWith(t, {});
  const path = join(folder, 'big.log');
  writeFileSync(path, EVENT.repeat(50_000));
  const main = join(import.meta.dirname, '../../../plugin/main.ts');
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    main,
    'logs',
    '--file-input',
    path,
    '-o',
    'ndjson',
  ]);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise<number | null>(done => child.on('close', done));
  t.is(code, 0);
  t.is(errors, '');
});

test('a line of more than 1 MiB comes in pieces, which give the line when they are joined', async t => {
  const {stdout} = await win(['logs', '--file-input', '-', '-o', 'ndjson'], `${'xé'.repeat(800_000)}\nend\n`);
  const records = stdout
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as {message: string; partial?: boolean});
  const pieces = records.filter(r => r.partial);
  t.true(pieces.length > 1);
  t.is(pieces.map(r => r.message).join(''), 'xé'.repeat(800_000));
  t.deepEqual(
    records.filter(r => !r.partial).map(r => r.message),
    ['end'],
  );
});

test('a line of 1 MiB is whole', async t => {
  const {stdout} = await win(['logs', '--file-input', '-', '-o', 'ndjson'], `${'x'.repeat(1_048_576)}\n`);
  t.false(stdout.includes('partial'));
});

test('a summary counts what was shown', async t => {
  const {stderr} = await win(['logs', '--file-input', '-', '--stats'], LOG);
  t.regex(stderr, /^4 records in 589 s/);
  t.regex(stderr, /by event id: 1013 1, 7036 1/);
});

test('a layout of the Custom format that no look can tell is read where it is given', async t => {
  const line = 'Application;;EventLog;;Error;;42;;no stock\r\n';
  const layout = '%EventSource%;;%Source%;;%Severity%;;%EventID%;;%Message%';
  const args = ['logs', '--file-input', '-', '-o', 'ndjson'];
  const [told] = (await win([...args, '--logmonitor-layout', layout], line)).stdout.split('\n');
  const {source, level, provider, eventId, message} = JSON.parse(told ?? '') as Record<string, unknown>;
  t.deepEqual(
    {source, level, provider, eventId, message},
    {source: 'EventLog', level: 'Error', provider: 'Application', eventId: 42, message: 'no stock'},
  );
  const [guessed] = (await win(args, line)).stdout.split('\n');
  t.is((JSON.parse(guessed ?? '') as {source: string}).source, 'Raw');
  const {code, stderr} = await win([...args, '--logmonitor-layout', 'hello'], line);
  t.is(code, 2);
  t.regex(stderr, /has no %Source%/);
});

test('a log that PowerShell wrote as UTF-16 is read, and raw gives its bytes', async t => {
  const text = `\ufeff${EVENT}naïve \ud83d\ude00 \ud83d broken\r\n`;
  const bytes = Buffer.from(text, 'utf16le');
  const folder = folderWith(t, {});
  const path = join(folder, 'web.log');
  for (const order of ['little', 'big']) {
    writeFileSync(path, order === 'little' ? bytes : Buffer.from(bytes).swap16());
    const {stdout} = await win(['logs', '--file-input', path, '-o', 'ndjson']);
    t.deepEqual(messages(stdout), ['no stock', 'naïve \ud83d\ude00 \ufffd broken'], order);
  }
  writeFileSync(path, bytes);
  const raw = await win(['logs', '--file-input', path, '-o', 'raw']);
  t.is(raw.stdout, bytes.toString());
});

test('a limit of bytes lets whole records through, in every format', async t => {
  const folder = folderWith(t, {'web.log': EVENT.repeat(5)});
  const path = join(folder, 'web.log');
  const raw = await win([
    'logs',
    '--file-input',
    path,
    '-o',
    'raw',
    '--limit-bytes',
    String(EVENT.length * 3 - 1),
  ]);
  t.is(raw.stdout, EVENT.repeat(2));
  const ndjson = await win(['logs', '--file-input', path, '-o', 'ndjson', '--limit-bytes', '1000']);
  t.true(ndjson.stdout.length > 0 && ndjson.stdout.length <= 1000);
  t.notThrows(() =>
    ndjson.stdout
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as unknown),
  );
});

test('what comes by a pipe is shown as it comes', async t => {
  const main = join(import.meta.dirname, '../../../plugin/main.ts');
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    main,
    'logs',
    '--file-input',
    '-',
    '-o',
    'ndjson',
  ]);
  child.stdin.write(RAW);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  t.deepEqual(messages(first.toString()), [RAW.trimEnd()]);
  child.stdin.end();
  t.is((await once(child, 'close'))[0], 0);
});
