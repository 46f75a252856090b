import test from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import type {RunProgram} from '../../../agent/host/run-program.ts';
import type {AskWindows} from '../../../agent/win32/helper.ts';
import {answerTo} from '../../../agent/win32/answers.ts';
import {systemCollector} from '../../../agent/win32/system.ts';
import type {SystemFacts} from '../../../src/protocol/node-facts.ts';
import {fakeWindows} from './fake-windows.ts';
import {TIME_STOPPED} from './recorded.ts';

const ask: AskWindows = what => Promise.resolve(answerTo(what, fakeWindows()));

/** Windows answers all but what its disks would say. */
const withoutDisks: AskWindows = (what, signal) =>
  what === 'volumes' ? Promise.reject(new CollectError('timeout', 'no answer')) : ask(what, signal);

const dead: AskWindows = () => Promise.reject(new CollectError('failed', 'the child process ended'));

/** PowerShell hangs, and the time service is stopped. */
const hangingPowerShell: RunProgram = ({file}) =>
  file.endsWith('w32tm.exe')
    ? Promise.resolve({stdout: Buffer.from(TIME_STOPPED), exitCode: 1})
    : Promise.reject(new CollectError('timeout', 'powershell.exe did not end within 15000 ms'));

const noPrograms: RunProgram = async ({file}) => {
  await new Promise(resolve => setImmediate(resolve));
  throw new CollectError('unsupported', `this node has no ${file.slice(file.lastIndexOf('\\') + 1)}`);
};

async function collect(ports: {ask: AskWindows; run: RunProgram}) {
  for await (const made of systemCollector(ports).collect({signal: new AbortController().signal}))
    if ('body' in made) return {facts: JSON.parse(made.body) as SystemFacts, partial: made.partial};
  throw new Error('it made no file');
}

test('a PowerShell that hangs and a clock that is not kept leave the rest of the system told', async t => {
  const {facts, partial} = await collect({ask, run: hangingPowerShell});
  t.like(facts, {build: 20_348, hotfixes: null, features: null, timeZone: 'W. Europe Standard Time'});
  t.is(facts.time?.error, '0x80070426');
  t.deepEqual(partial, {
    reason: 'timeout',
    detail: 'hotfixes and features: powershell.exe did not end within 15000 ms',
  });
});

test('gaps are told in one order, whichever of them ends first', async t => {
  const {facts, partial} = await collect({ask: withoutDisks, run: noPrograms});
  t.is(facts.disks, null);
  t.deepEqual(partial, {
    reason: 'timeout',
    detail:
      'disks: no answer; hotfixes and features: this node has no powershell.exe; time: this node has no w32tm.exe',
  });
});

test('without an answer of Windows itself there is no file', async t => {
  await t.throwsAsync(collect({ask: dead, run: noPrograms}), {
    instanceOf: CollectError,
    message: 'the child process ended',
  });
});
