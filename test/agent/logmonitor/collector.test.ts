import test from 'ava';
import type {ExecutionContext} from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import type {CollectedFile, MissingFile} from '../../../agent/collect/collector.ts';
import type {RuntimeContainer} from '../../../agent/cri/containers.ts';
import {logMonitorCollector} from '../../../agent/logmonitor/collector.ts';
import {RUNNING, childOf} from '../../helpers/collector-child.ts';

const CONTAINER: RuntimeContainer = {...RUNNING, logMonitor: true};

/** What a collector makes of a child that runs `script`. */
async function collect(t: ExecutionContext, containers: readonly RuntimeContainer[], script: string) {
  const self = childOf(t, script);
  const collector = logMonitorCollector({self, containers: async () => containers, deadlineMs: 5000});
  const files: (CollectedFile | MissingFile)[] = [];
  for await (const made of collector.collect({signal: new AbortController().signal})) files.push(made);
  return files;
}

test('each container that has LogMonitor has a file of its own', async t => {
  const containers = [CONTAINER, {...CONTAINER, name: 'other', logMonitor: false}];
  const files = await collect(t, containers, `answer([0, {asked}]);`);
  t.is(files.length, 1);
  const [file] = files;
  t.is(file?.file, 'logmonitor/shop_web-0_iis.json');
  t.deepEqual(JSON.parse(file && 'body' in file ? file.body : ''), {
    asked: [
      {namespace: 'shop', pod: 'web-0', container: 'iis', pid: 7, entrypoint: true},
      {namespace: 'shop', pod: 'web-0', container: 'other', pid: 7, entrypoint: false},
    ],
  });
});

test('a file system that hangs costs the containers behind it, which are named', async t => {
  const containers = [
    CONTAINER,
    {...CONTAINER, name: 'stuck'},
    {...CONTAINER, name: 'unknown', logMonitor: false},
  ];
  const script = `answer([0, {}]); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`;
  t.like(await collect(t, containers, script), [
    {file: 'logmonitor/shop_web-0_iis.json', body: '{}\n'},
    {
      file: 'logmonitor/shop_web-0_stuck.json',
      missing: {reason: 'timeout', detail: "the containers' file systems did not answer within 5000 ms"},
    },
  ]);
});

test('containers that do not run, and names that are none of Kubernetes, start no child', async t => {
  const containers = [
    {...CONTAINER, running: false},
    {...CONTAINER, pid: undefined},
    {...CONTAINER, pod: '../x'},
    {...CONTAINER, namespace: ''},
    {...CONTAINER, name: 'A'},
  ];
  t.deepEqual(await collect(t, containers, `process.exit(1)`), []);
});

test('a runtime that does not answer is the reason', async t => {
  const collector = logMonitorCollector({
    self: {file: '', args: []},
    containers: async () => {
      throw new CollectError('unsupported', 'no runtime');
    },
  });
  await t.throwsAsync(
    async () => {
      for await (const _ of collector.collect({signal: new AbortController().signal})) t.fail();
    },
    {message: 'no runtime'},
  );
});
