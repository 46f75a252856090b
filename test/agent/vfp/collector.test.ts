import test from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import type {CollectedFile, MissingFile} from '../../../agent/collect/collector.ts';
import type {RunProgram} from '../../../agent/host/run-program.ts';
import {vfpCollector} from '../../../agent/vfp/collector.ts';

const guid = (start: string) => `${start.repeat(8)}-0000-0000-0000-000000000000`;
const PORTS = {
  Ports: [
    {Id: 'a-pod', Name: guid('C'), MacAddress: '00155D5AB0B2', VmsPortId: 4},
    {Id: 'another-pod', Name: guid('d')},
    {Id: 'third-pod', Name: guid('e')},
    {Id: 'ExternalPort', Name: guid('f')},
    {Id: 'Container NIC 9b219d6e', Name: guid('0')},
  ],
};

/** A vfpctrl that answers from a table of command lines without `/format 1`. */
function vfpctrl(answers: Record<string, unknown>): {run: RunProgram; asked: string[]} {
  const asked: string[] = [];
  const run: RunProgram = async ({file, args}) => {
    const command = args.join(' ').replace(/ \/format 1$/, '');
    asked.push(`${file} ${command}`);
    const answer = answers[command] ?? answers['*'];
    if (answer instanceof Error) throw answer;
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return {stdout: Buffer.from(text ?? ''), exitCode: answer === undefined ? 1 : 0};
  };
  return {run, asked};
}

async function collect(run: RunProgram) {
  const files: (CollectedFile | MissingFile)[] = [];
  for await (const file of vfpCollector({run}).collect({signal: new AbortController().signal}))
    files.push(file);
  return files;
}

test('ports come whole, layers and rules of four: the uplink, the host and two pods', async t => {
  const {run, asked} = vfpctrl({'/list-vmswitch-port': PORTS, '*': {Layers: []}});
  const files = await collect(run);
  t.deepEqual(
    files.map(({file}) => file),
    [
      'vfp/ports.json',
      ...[guid('f'), guid('0'), guid('c'), guid('d')].flatMap(port => [
        `vfp/${port}-layers.json`,
        `vfp/${port}-rules.json`,
      ]),
    ],
  );
  t.true(asked.every(command => command.startsWith('C:\\Windows\\System32\\vfpctrl.exe ')));
  t.true(asked.includes(`C:\\Windows\\System32\\vfpctrl.exe /port ${guid('C')} /list-rule`));
});

for (const name of ['', 'x', `${guid('a')} /remove-rule`, `${guid('a')}\n`, '/reset', '..\\x']) {
  test(`a port that calls itself ${JSON.stringify(name)} is never put into a command line`, async t => {
    const {run, asked} = vfpctrl({'/list-vmswitch-port': {Ports: [{Id: 'p', Name: name}]}, '*': {}});
    t.is((await collect(run)).length, 1);
    t.is(asked.length, 1);
  });
}

for (const answer of ['null', '[]', '{"Ports":null}', '{"Ports":[null,1]}'])
  test(`no ports may be written ${answer}`, async t => {
    const {run} = vfpctrl({'/list-vmswitch-port': answer});
    t.is((await collect(run)).length, 1);
  });

test('a port that goes away costs only its own files', async t => {
  const {run} = vfpctrl({
    '/list-vmswitch-port': PORTS,
    [`/port ${guid('f')} /list-layer`]: new CollectError('timeout', 'too slow'),
    [`/port ${guid('f')} /list-rule`]: 'ERROR: no such port\r\nmore',
    '*': {Layers: []},
  });
  const files = await collect(run);
  t.like(files[1], {missing: {reason: 'timeout', detail: 'too slow'}});
  t.like(files[2], {
    missing: {
      reason: 'unsupported',
      detail: `vfpctrl /port ${guid('f')} /list-rule /format 1 printed no JSON: ERROR: no such port`,
    },
  });
  t.true(files.slice(3).every(file => 'body' in file));
});

test('without vfpctrl there is nothing, and the reason goes on', async t => {
  const {run} = vfpctrl({'*': new CollectError('unsupported', 'this node has no vfpctrl.exe')});
  await t.throwsAsync(collect(run), {message: 'this node has no vfpctrl.exe'});
});

test('an exit code other than 0 is a failure', async t => {
  const {run} = vfpctrl({});
  await t.throwsAsync(collect(run), {
    message: 'vfpctrl /list-vmswitch-port /format 1 ended with 1: no output',
  });
});
