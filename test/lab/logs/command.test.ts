import test from 'ava';
import {win} from '../../helpers/cli.ts';
import {startLab} from '../lab.ts';
import {ApiError} from '../parts/api.ts';
import {BUSYBOX_IMAGE} from '../linux-node/images.ts';
import {patiently} from '../scene/patience.ts';

/** What LogMonitor 2.1 prints of an event, between two lines of the program itself. */
const EVENT =
  '{"Source": "EventLog","LogEntry": {"EventSource": "MSSQL","Time": "2026-09-01T12:00:00.000Z","Channel": "Application","Level": "Error","EventId": 18456,"Message": "Login failed"}}';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'talker', namespace: 'default', labels: {app: 'talker'}},
  spec: {
    nodeSelector: {'lab.kubectl-win/real': 'true'},
    tolerations: [{operator: 'Exists'}],
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'main',
        image: BUSYBOX_IMAGE,
        imagePullPolicy: 'Never',
        command: ['sh', '-c', `echo starting; echo '${EVENT}'; echo running; sleep 1000`],
      },
      {
        name: 'side',
        image: BUSYBOX_IMAGE,
        imagePullPolicy: 'Never',
        command: ['sh', '-c', 'echo beside; sleep 1000'],
      },
    ],
  },
};

test('logs of a real pod are shown, filtered, told as records and as a story', async t => {
  t.timeout(180_000);
  const lab = await startLab({linuxNode: true});
  const logs = (...args: string[]) => win(['logs', ...args, '--kubeconfig', lab.kubeconfigs.admin]);
  try {
    await lab.api.create(pod);
    await patiently(async () => {
      const {stdout} = await logs('talker');
      if (!stdout.includes('running')) throw new ApiError(404, 'the pod has not said all yet');
    });
    const shown = await logs('talker');
    t.is(shown.code, 0);
    t.is(shown.stdout, 'starting\nERROR Application MSSQL 18456: Login failed\nrunning\n');
    t.is((await logs('pod/talker', '-o', 'raw')).stdout, `starting\n${EVENT}\nrunning\n`);
    t.is((await logs('talker', '--tail', '1')).stdout, 'running\n');
    t.is((await logs('talker', '-c', 'side')).stdout, 'beside\n');
    const both = await logs('-l', 'app=talker', '--all-containers');
    const prefixes: string[] = both.stdout.match(/^\[[^\]]+\]/gm) ?? [];
    t.deepEqual(
      [
        prefixes.filter(p => p === '[pod/default/talker/main]').length,
        prefixes.includes('[pod/default/talker/side]'),
      ],
      [3, true],
    );
    const [record] = (await logs('talker', '--event-id', '18456', '-o', 'ndjson')).stdout.split('\n');
    t.like(JSON.parse(record ?? ''), {
      source: 'EventLog',
      level: 'Error',
      provider: 'MSSQL',
      eventId: 18456,
      pod: 'talker',
      container: 'main',
      node: 'linux-real',
    });

    const story = (await logs('--timeline', 'talker', '-o', 'ndjson')).stdout.trim().split('\n');
    const told = story.map(line => JSON.parse(line) as {time: string; criTime: string; message: string});
    const times = told.map(({time, criTime}) => Date.parse(criTime ?? time));
    t.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
      'the story is in the order of time',
    );
    const position = (text: string): number => told.findIndex(({message}) => message.includes(text));
    t.true(position('the pod was made') >= 0 && position('the pod was made') < position('running'));
    t.true(position('Scheduled') >= 0, 'events are part of it');

    const mistyped = await logs('talkre');
    t.is(mistyped.code, 3);
    t.is(mistyped.stderr, 'error: there is no pod talkre in namespace default\n  did you mean talker?\n');
    const noContainer = await logs('talker', '-c', 'mian');
    t.is(noContainer.code, 2);
    t.regex(noContainer.stderr, /there is no container mian; there are main, side/);
    const tooMany = await logs('-A', '--all-containers', '--max-log-requests', '1');
    t.is(tooMany.code, 2);
    t.regex(tooMany.stderr, /at most 1 are read at a time[^]*--max-log-requests/);
    const noAgent = await logs('node/linux-real', '--source', 'kubelet');
    t.is(noAgent.code, 3);
    t.regex(noAgent.stderr, /no agent runs on node linux-real[^]*kubectl win agent install/);
    const proxied = await logs('node/linux-real', '--source', 'kubelet', '--node-proxy');
    t.regex(proxied.stderr, /nodes\/proxy is a far-reaching right/);
  } finally {
    await lab.stop();
  }
});
