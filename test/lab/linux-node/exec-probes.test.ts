import {join} from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {ApiError} from '../parts/api.ts';
import {saysReady} from '../parts/ready.ts';
import {startLab} from '../lab.ts';
import {patiently} from '../scene/patience.ts';
import {BUSYBOX_IMAGE} from './images.ts';

const PROGRAM = join(import.meta.dirname, '../../../plugin/main.ts');
const NAMESPACE = 'probes';
const labels = {app: 'web'};

const pod = (name: string, command: readonly string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name, namespace: NAMESPACE, labels},
  spec: {
    nodeSelector: {'lab.kubectl-win/real': 'true'},
    tolerations: [{operator: 'Exists'}],
    terminationGracePeriodSeconds: 0,
    containers: [{name: 'main', image: BUSYBOX_IMAGE, imagePullPolicy: 'Never', command}],
  },
});
const pods = ['web-0', 'web-1'].map(name => pod(name, ['httpd', '-f', '-p', '8080']));

interface Item {
  leg: string;
  result: {ok: boolean; error?: string; way: string; detail?: string} | null;
}

test('without agents, connections are tried by exec with what a real image has, and what cannot be is named', async t => {
  const lab = await startLab({linuxNode: true});
  try {
    await lab.api.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: NAMESPACE}});
    await lab.api.create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {name: 'web', namespace: NAMESPACE},
      spec: {selector: labels, ports: [{port: 80, targetPort: 8080}]},
    });
    for (const each of pods) {
      await patiently(() => lab.api.create(each));
      await patiently(async () => {
        if (!saysReady(await lab.api.get(each))) throw new ApiError(404, 'the pod is not ready');
      });
    }
    const {stdout, stderr, exitCode} = await execa(
      process.execPath,
      [
        PROGRAM,
        'net',
        'check',
        '--exec',
        '--events',
        '-n',
        NAMESPACE,
        '-o',
        'json',
        '--kubeconfig',
        lab.kubeconfigs.admin,
      ],
      {reject: false, timeout: 120_000, killSignal: 'SIGKILL'},
    );
    t.log(stderr);
    // Nothing programs virtual IPs on this node.
    t.is(exitCode, 1, stderr);
    // The answer of our own program.
    const {items} = JSON.parse(stdout) as {items: Item[]};
    const of = (leg: string) => items.filter(i => i.leg === leg && i.result).map(i => i.result);
    t.like(of('pod-same-node'), [{ok: true, way: 'exec', detail: 'by nc'}]);
    // Of others than our own Service nothing is there but objects.
    t.is(of('backend').filter(r => r?.ok).length, 1);
    t.true(of('cluster-ip').every(r => r?.ok === false && r.way === 'exec'));
    t.true(of('dns-vip').every(r => r?.ok === false && r.error === 'no-answer'));
    t.deepEqual(of('node-to-pod'), []);
    const events = await lab.kubectl([
      'get',
      'events',
      '-A',
      '-o',
      'name',
      '--field-selector',
      'source=kubectl-win-net',
    ]);
    t.true(events.includes('event/'), events);
  } finally {
    await lab.stop();
  }
});
