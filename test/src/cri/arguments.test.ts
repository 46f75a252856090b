import test from 'ava';
import {array, assert, property, string} from 'fast-check';
import {
  commandLineProgram,
  startsLogMonitor,
  withoutArguments,
  withoutCommandLines,
} from '../../../src/cri/arguments.ts';

test('a command keeps its program and the number of its arguments', t => {
  t.deepEqual(withoutArguments(['sh', '-c', 'run --password=x']), ['sh', '[redacted]', '[redacted]']);
  t.deepEqual(withoutArguments([]), []);
  t.is(withoutArguments('sh'), undefined);
});

test('a program in a folder with a space in its name is known by its whole path', t => {
  t.is(commandLineProgram('C:\\Program Files\\app\\web.exe'), 'C:\\Program Files\\app\\web.exe');
  t.is(commandLineProgram('"C:\\my app\\web.exe" --token x'), 'C:\\my app\\web.exe [redacted]');
  t.is(commandLineProgram('web.exe --token x'), 'web.exe [redacted]');
  t.is(commandLineProgram('PASSWORD=x web.exe'), '[redacted] [redacted]');
});

test("the file of LogMonitor's configuration stays, and nothing else behind it", t => {
  const program = 'C:\\LogMonitor\\LogMonitor.exe';
  t.deepEqual(withoutArguments([program, '/Config', 'C:\\cfg\\logs.json', 'app.exe', '/p:x']), [
    program,
    '/Config',
    'C:\\cfg\\logs.json',
    '[redacted]',
    '[redacted]',
  ]);
  t.deepEqual(withoutArguments([program, '/Config', 'token=x.json']), [program, '/Config', '[redacted]']);
  t.deepEqual(withoutArguments(['app.exe', '/Config', 'a.json']), ['app.exe', '[redacted]', '[redacted]']);
});

test('LogMonitor is seen however it is started, and still in what was redacted', t => {
  for (const command of [
    ['C:\\LogMonitor\\LogMonitor.exe', 'C:\\ServiceMonitor.exe', 'w3svc'],
    ['cmd', '/S', '/C', 'C:\\LogMonitor\\LogMonitor.exe cmd /c web.exe --password=x'],
    ['powershell', '-Command', '"C:\\LogMonitor\\LogMonitor.exe" -Config x'],
    ['cmd', '/c', 'C:\\tools\\LogMonitor.exe'],
  ]) {
    t.true(startsLogMonitor(command), command.join(' '));
    t.true(startsLogMonitor(withoutArguments(command)), command.join(' '));
    t.true(startsLogMonitor(commandLineProgram(command.join(' '))), command.join(' '));
  }
  for (const command of [['C:\\LogMonitorTest.exe'], ['cmd', '/c', 'type LogMonitor.txt'], undefined]) {
    t.false(startsLogMonitor(command));
  }
});

test('no argument survives, whatever it is', t => {
  const secret = 'hunter2';
  assert(
    property(array(string()), string(), string(), (before, left, right) => {
      const args = ['cmd', ...before, `${left}${secret} ${right}`];
      t.false(JSON.stringify(withoutArguments(args)).includes(secret));
      t.false(commandLineProgram(`cmd ${args.slice(1).join(' ')}`).includes(secret));
    }),
  );
});

test('what hcsshim says of a failure loses its command line and the request behind it', t => {
  const id = 'a'.repeat(64);
  t.is(
    withoutCommandLines(
      `hcs::System::CreateProcess ${id}: web.exe --password=x: The system cannot find the file specified.`,
    ),
    `hcs::System::CreateProcess ${id}: web.exe [redacted]: The system cannot find the file specified.`,
  );
  t.is(
    withoutCommandLines(
      'CreateProcess failed: (0x2) extra info: {"CommandLine":"a","Environment":{"P":"x"}}',
    ),
    'CreateProcess failed: (0x2) extra info: [redacted]',
  );
  t.is(withoutCommandLines('context deadline exceeded'), 'context deadline exceeded');
  t.is(withoutCommandLines(undefined), undefined);
});
