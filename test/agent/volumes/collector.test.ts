import test from 'ava';
import type {ExecutionContext} from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import type {CollectedFile} from '../../../agent/collect/collector.ts';
import type {RuntimeContainer} from '../../../agent/cri/containers.ts';
import {volumesCollector} from '../../../agent/volumes/collector.ts';
import {measure} from '../../../agent/volumes/measure.ts';
import {RUNNING, childOf} from '../../helpers/collector-child.ts';

const CONTAINER = RUNNING;

/** What a collector makes of a child that runs `script`. */
async function collect(
  t: ExecutionContext,
  containers: readonly RuntimeContainer[],
  script: string,
): Promise<CollectedFile> {
  const self = childOf(t, script);
  const collector = volumesCollector({self, containers: async () => containers, deadlineMs: 5000});
  const files: CollectedFile[] = [];
  for await (const made of collector.collect({signal: new AbortController().signal})) {
    if ('body' in made) files.push(made);
  }
  const [only] = files;
  if (!only || files.length > 1) throw new Error(`${files.length} files`);
  return only;
}

const bodyOf = ({body}: CollectedFile): unknown => JSON.parse(body);

test('one file holds every running container with its room', async t => {
  const containers = [
    CONTAINER,
    {...CONTAINER, id: 'c2', name: 'ended', running: false},
    {...CONTAINER, id: 'c3', name: 'other', pid: 8},
  ];
  const script = `for (const pid of asked) answer({size: 100, free: pid, error: null});`;
  const facts = {namespace: 'shop', pod: 'web-0', size: 100, error: null};
  const file = await collect(t, containers, script);
  t.deepEqual(bodyOf(file), [
    {...facts, id: 'c1', container: 'iis', free: 7},
    {...facts, id: 'c3', container: 'other', free: 8},
  ]);
  t.is(file.partial, undefined);
});

test('a volume that hangs costs those behind it, and says so', async t => {
  const containers = [CONTAINER, {...CONTAINER, id: 'c2', name: 'stuck', pid: 8}];
  const script = `answer({size: 100, free: 9, error: null}); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`;
  const file = await collect(t, containers, script);
  const detail = "the containers' volumes did not answer within 5000 ms";
  t.deepEqual(file.partial, {reason: 'timeout', detail});
  t.like(bodyOf(file), [{free: 9}, {container: 'stuck', size: null, free: null, error: detail}]);
});

test('a node on which nothing runs starts no child and has an empty list', async t => {
  t.deepEqual(bodyOf(await collect(t, [{...CONTAINER, running: false}], `process.exit(1)`)), []);
});

test('a volume that cannot be asked is named, and those behind it are asked', t => {
  const rooms = measure([1, 2, 3], {
    systemDevice: () => String.raw`\Device\HarddiskVolume3`,
    programOf: pid => `\\Device\\VhdHardDisk{${pid}}\\app.exe`,
    spaceOf(device) {
      if (device.includes('{2}')) throw new CollectError('denied', 'access is denied');
      return {size: 10, free: 5};
    },
  });
  t.deepEqual(
    [...rooms],
    [
      {size: 10, free: 5, error: null},
      {size: null, free: null, error: 'access is denied'},
      {size: 10, free: 5, error: null},
    ],
  );
});
