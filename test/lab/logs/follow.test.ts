import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import {HttpApiReader} from '../../../plugin/kube/api-reader.ts';
import {HttpApiStreams} from '../../../plugin/kube/api-streams.ts';
import {systemClock} from '../../../plugin/kube/clock.ts';
import {loadKubeconfig} from '../../../plugin/kube/kubeconfig.ts';
import type {Timed} from '../../../plugin/logs/interleave.ts';
import {momentOf} from '../../../plugin/logs/moment.ts';
import {parseTarget} from '../../../plugin/logs/kinds.ts';
import type {LogOwner} from '../../../plugin/logs/live-logs.ts';
import {liveLogs} from '../../../plugin/logs/live-logs.ts';
import {podQuery} from '../../../plugin/logs/targets.ts';
import type {TimedLine} from '../../../plugin/logs/timed-lines.ts';
import {startLab} from '../lab.ts';
import {BUSYBOX_IMAGE} from '../linux-node/images.ts';
import {cuttingProxy} from './cutting-proxy.ts';

const FULL = process.env['KUBECTL_WIN_FULL'] === '1';
const PODS = FULL ? 50 : 6;
const SECONDS = FULL ? 60 : 12;
const LINES_A_SECOND = 1000;
/** What a pod prints makes 9 MiB at full size: each log is rotated about once, as each container is started anew once. */
const LOG_SIZE = FULL ? '6Mi' : '1Mi';
/** How often all connections are cut, and how many times. */
const CUT_EVERY_MS = FULL ? 20_000 : 5000;
const CUTS = FULL ? 3 : Infinity;
const LINES = SECONDS * LINES_A_SECOND;
/** Fifty pods, their containers and a control plane on few processors take their time: what is asked is that no line is lost. */
const PATIENCE_MS = FULL ? 600_000 : 240_000;

/**
 * Prints numbered lines, a thousand a second, through a restart of the container half-way: the number goes on where it was,
 * as it is kept in a volume. It waits by a read that times out: a `sleep` is a process of its own, and fifty pods with a hundred
 * of them a second kept two processors busy with nothing else.
 */
const CHATTER = `
  mkfifo /keep/never 2>/dev/null
  exec 3<>/keep/never
  i=$(cat /keep/at 2>/dev/null || echo 0)
  while [ $i -lt ${LINES} ]; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      for _ in 1 2 3 4 5; do
        echo "$HOSTNAME line $i of a chatty container, with as many words as a line of a log has on an ordinary day"
        i=$((i+1))
      done
    done
    read -t 0.05 _ <&3
    if [ $i = ${LINES / 2} ] && [ ! -e /keep/at ]; then echo $i > /keep/at; exit 1; fi
  done
  read _ <&3`;

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {name: 'chatty', namespace: 'default'},
  spec: {
    replicas: PODS,
    selector: {matchLabels: {app: 'chatty'}},
    template: {
      metadata: {labels: {app: 'chatty'}},
      spec: {
        nodeSelector: {'lab.kubectl-win/real': 'true'},
        tolerations: [{operator: 'Exists'}],
        terminationGracePeriodSeconds: 0,
        volumes: [{name: 'keep', emptyDir: {}}],
        containers: [
          {
            name: 'main',
            image: BUSYBOX_IMAGE,
            imagePullPolicy: 'Never',
            command: ['sh', '-c', CHATTER],
            volumeMounts: [{name: 'keep', mountPath: '/keep'}],
          },
        ],
      },
    },
  },
};

interface Shown {
  owner: LogOwner;
  line: TimedLine;
}

async function* shown(
  owner: LogOwner,
  batches: AsyncIterable<readonly TimedLine[]>,
): AsyncGenerator<Timed<Shown>[]> {
  for await (const lines of batches)
    yield lines.map(line => ({at: momentOf(line.time) ?? 0, item: {owner, line}}));
}

/** Numbers of the lines of each pod, in the order in which they were shown. */
class Numbers {
  readonly last = new Map<string, number>();
  readonly wrong: string[] = [];
  done = 0;

  take({owner, line}: Shown): void {
    const number = Number(/ line (\d+) /.exec(line.bytes.toString())?.[1]);
    const expected = (this.last.get(owner.pod) ?? -1) + 1;
    if (number !== expected) this.wrong.push(`${owner.pod}: line ${number} came instead of ${expected}`);
    this.last.set(owner.pod, number);
    if (number === LINES - 1) this.done++;
  }
}

test(`${PODS} pods of a thousand lines a second are followed over cuts, rotations and restarts, each line once`, async t => {
  t.timeout(PATIENCE_MS + 120_000);
  const lab = await startLab({linuxNode: true, logSize: LOG_SIZE});
  const {hostname, port} = new URL(lab.server);
  const proxy = await cuttingProxy({host: hostname, port: Number(port)});
  const access = loadKubeconfig({
    kubeconfig: lab.kubeconfigs.admin,
    server: `https://127.0.0.1:${proxy.port}`,
  });
  const reader = new HttpApiReader(access);
  const streams = new HttpApiStreams(access);
  const stop = new AbortController();
  const numbers = new Numbers();
  const notes: string[] = [];
  let cuts = 0;
  let cutAt = 0;
  const cutting = setInterval(() => {
    // A reconnection makes the kubelet read a log from its beginning: fifty of them each few seconds would be all that it does.
    if (cutAt++ < CUTS) cuts += proxy.cut();
  }, CUT_EVERY_MS);
  try {
    await lab.api.create(deployment);
    const ports = {
      reader,
      streams,
      clock: systemClock,
      signal: stop.signal,
      note: (text: string) => notes.push(text),
    };
    const target = parseTarget('deployment/chatty');
    const pods = await podQuery(reader, {target, namespace: 'default', selector: undefined}, stop.signal);
    const wish = {pods, target, follow: true, previous: false, allContainers: false, maxRequests: PODS};
    const follow = async (): Promise<void> => {
      for await (const items of liveLogs(wish, ports, shown)) {
        for (const item of items) numbers.take(item);
        if (numbers.done === PODS) return;
      }
    };
    await Promise.race([follow(), wait(PATIENCE_MS, undefined, {ref: false})]);
    t.log(`${cuts} connections cut, ${numbers.wrong.length} gaps, ${numbers.done} pods to their last line`);
    for (const [pod, last] of numbers.last) {
      if (last < LINES - 1) t.log(`${pod} came to ${last}: ${notes.filter(n => n.includes(pod)).join('; ')}`);
    }
    t.is(numbers.done, PODS, 'the last line of every pod came');
    // A log that is rotated at the very moment of a cut is out of reach; then it must be said.
    const said = (wrong: string): boolean =>
      notes.some(n => n.includes(`/${wrong.split(':')[0]}/`) && n.includes('may be lost'));
    t.deepEqual(
      numbers.wrong.filter(wrong => !said(wrong)),
      [],
    );
    t.true(cuts > 0, 'connections were cut');
    t.is(notes.filter(n => n.endsWith('was started anew')).length, PODS, notes.slice(0, 10).join('\n'));
  } finally {
    clearInterval(cutting);
    stop.abort(new DOMException('done', 'AbortError'));
    await reader.close();
    await streams.close();
    await proxy.stop();
    await lab.stop();
  }
});
