import {existsSync, readFileSync, readdirSync} from 'node:fs';
import test from 'ava';
import {startLab} from '../lab.ts';
import {patiently} from '../scene/patience.ts';
import {ApiError} from '../parts/api.ts';
import {BUSYBOX_IMAGE} from './images.ts';
import {FIXED_PLACES} from './stop.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'real', namespace: 'default'},
  spec: {
    nodeSelector: {'lab.kubectl-win/real': 'true'},
    tolerations: [{operator: 'Exists'}],
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'main',
        image: BUSYBOX_IMAGE,
        imagePullPolicy: 'Never',
        command: ['sh', '-c', 'echo from a real pod; sleep 1000'],
      },
    ],
  },
};

test('a real Linux node runs real pods, and leaves nothing behind', async t => {
  t.is(process.getuid?.(), 0, 'this test needs root');
  const before = FIXED_PLACES.filter(place => existsSync(place));
  const lab = await startLab({linuxNode: true});
  try {
    await lab.api.create(pod);
    await patiently(async () => {
      const {status} = await lab.api.get(pod);
      // A pod's status.
      if ((status as {phase?: string}).phase !== 'Running') throw new ApiError(404, 'the pod does not run');
    });
    t.is(await lab.kubectl(['logs', 'real']), 'from a real pod\n');
    t.is(await lab.kubectl(['exec', 'real', '--', 'echo', 'hi']), 'hi\n');
    const config = await lab.kubectl(['get', '--raw', '/api/v1/nodes/linux-real/proxy/configz']);
    t.regex(config, /"kubeletconfig"/);
  } finally {
    await lab.stop();
  }
  t.false(existsSync(lab.root));
  t.deepEqual(
    FIXED_PLACES.filter(place => existsSync(place)),
    before,
  );
  t.false(readFileSync('/proc/mounts', 'utf8').includes(lab.root));
  t.deepEqual(
    readdirSync('/sys/class/net').filter(name => name.startsWith('kwlab')),
    [],
  );
  t.deepEqual(
    readdirSync('/proc').filter(entry => /^\d+$/.test(entry) && commandOf(entry).includes(lab.root)),
    [],
  );
});

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
