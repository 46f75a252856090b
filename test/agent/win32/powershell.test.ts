import test from 'ava';
import type {CollectError} from '../../../agent/collect/collector.ts';
import type {Program, RunProgram} from '../../../agent/host/run-program.ts';
import {defenderCollector} from '../../../agent/win32/defender.ts';
import {askPowerShell, itemsOf, scriptOf} from '../../../agent/win32/powershell.ts';
import {taskFacts, tasksCollector} from '../../../agent/win32/tasks.ts';

const {signal} = new AbortController();

/** A PowerShell that prints this, and the calls that it got. */
function printing(output: string): {run: RunProgram; calls: Program[]} {
  const calls: Program[] = [];
  const run: RunProgram = program => {
    calls.push(program);
    return Promise.resolve({stdout: Buffer.from(output), exitCode: 0});
  };
  return {run, calls};
}

const failure = (cim: string, hresult = 0x8013_1500) => ({
  status: {hresult, cim, message: 'Ungültiger Namespace \n'},
  preference: {hresult, cim, message: 'x'},
});

async function bodyOf(collector: ReturnType<typeof tasksCollector>): Promise<unknown> {
  for await (const made of collector.collect({signal}))
    if ('body' in made) return JSON.parse(made.body) as unknown;
  return undefined;
}

test('scripts are fixed: one argument, no double quotes, no line breaks, modules of Windows only', async t => {
  const {run, calls} = printing('{"tasks":{"items":[]}}');
  t.deepEqual(await bodyOf(tasksCollector({run})), []);
  const [call] = calls;
  t.is(call?.args.length, 5);
  t.regex(call?.file ?? '', /\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/i);
  t.notRegex(call?.args.join('') ?? '', /["\r\n]/);
  t.regex(call?.env['PSModulePath'] ?? '', /\\System32\\WindowsPowerShell\\v1\.0\\Modules$/i);
  t.false('USERPROFILE' in (call?.env ?? {}));
});

test('a question that fails costs the others nothing', async t => {
  const {run} = printing(
    JSON.stringify({a: {items: [1]}, b: {hresult: -2_147_024_891, cim: '', message: 'no'}}),
  );
  const parts = [
    {key: 'a', ask: '1'},
    {key: 'b', ask: 'throw'},
  ];
  const answers = await askPowerShell(run, parts, signal);
  t.deepEqual(itemsOf(answers, 'a'), [1]);
  t.is(t.throws<CollectError>(() => itemsOf(answers, 'b'))?.reason, 'denied');
  t.is(t.throws<CollectError>(() => itemsOf(answers, 'c'))?.reason, 'failed');
  t.is(scriptOf(parts).match(/try \{/g)?.length, 2);
});

test('what PowerShell refuses is told by codes, not by its words', async t => {
  const reasonFor = async (answers: unknown): Promise<string | undefined> => {
    const {run} = printing(JSON.stringify(answers));
    return (await t.throwsAsync<CollectError>(bodyOf(defenderCollector({run}))))?.reason;
  };
  t.is(await reasonFor(failure('InvalidNamespace')), 'unsupported');
  t.is(await reasonFor(failure('AccessDenied')), 'denied');
  t.is(await reasonFor(failure('', 0x8013_1501)), 'unsupported');
  t.is(await reasonFor(failure('ServerLimitsExceeded')), 'failed');
});

test('an answer that is no JSON is a failure that says how long it was', async t => {
  const error = await t.throwsAsync<CollectError>(askPowerShell(printing('Fehler').run, [], signal));
  t.is(error?.reason, 'failed');
  t.regex(error?.message ?? '', /6 bytes that are no JSON/);
});

test('tasks of another form are left out, states beyond the known are unknown', t => {
  t.deepEqual(taskFacts(null), []);
  t.deepEqual(taskFacts({state: 3}), []);
  t.deepEqual(taskFacts({path: '\\a', state: 9, lastRun: '1899-12-30T00:00:00.0000000Z', lastResult: -1}), [
    {path: '\\a', state: 'Unknown', lastRun: null, lastResult: 0xffff_ffff},
  ]);
});

test("Defender's state comes even where its exclusions are hidden", async t => {
  const {run} = printing(
    JSON.stringify({
      status: {items: [{AntivirusEnabled: false}]},
      preference: failure('AccessDenied').preference,
    }),
  );
  t.deepEqual(await bodyOf(defenderCollector({run})), {
    status: {antivirusEnabled: false, realTimeProtection: false, runningMode: null},
    exclusions: null,
  });
});
