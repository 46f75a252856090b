import test from 'ava';
import type {CollectError} from '../../../agent/collect/collector.ts';
import {runProgram} from '../../../agent/host/run-program.ts';

const node = (script: string) => ({
  file: process.execPath,
  args: ['-e', script],
  env: {},
  signal: new AbortController().signal,
  deadlineMs: 20_000,
  maxBytes: 1000,
});

const reasonOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: CollectError) => error.reason,
  );

test('a program gets no environment but what it is given, and its output comes as bytes', async t => {
  process.env['OWN_SECRET'] = 'x';
  const {stdout, exitCode} = await runProgram({
    ...node(
      'process.stdout.write(Buffer.from([0xff, 0x81])); process.exitCode = Object.keys(process.env).length',
    ),
    env: {ONE: '1'},
  });
  t.deepEqual([...stdout], [0xff, 0x81]);
  t.is(exitCode, 1);
});

test('a program that hangs is killed at its deadline, and when the client is gone', async t => {
  const hang = node('setInterval(() => {}, 1000)');
  t.is(await reasonOf(runProgram({...hang, deadlineMs: 300})), 'timeout');
  const gone = new AbortController();
  const running = reasonOf(runProgram({...hang, signal: gone.signal}));
  gone.abort();
  t.is(await running, 'timeout');
});

test('a program that is not there is unsupported, one that floods fails', async t => {
  t.is(await reasonOf(runProgram({...node(''), file: '/nonexistent/program'})), 'unsupported');
  t.is(await reasonOf(runProgram(node(`process.stdout.write('x'.repeat(5000))`))), 'failed');
});
