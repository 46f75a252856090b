import test from 'ava';
import {CALLS} from '../../../agent/cri/calls.ts';
import {withRuntime} from '../../../agent/cri/ports.ts';
import {runtimePlaces} from '../../../agent/probes/place/places.ts';
import {textAt} from '../../../src/cri/json.ts';
import {probePorts, resultsOf} from '../../helpers/probes/runs.ts';
import {BUSYBOX_IMAGE} from '../linux-node/images.ts';
import {startContainerd} from './containerd.ts';
import {KINDS} from './kinds.ts';

const POD_NETWORK = '10.251.0.0/24';
const SEARCHES = ['shop.svc.cluster.local', 'svc.cluster.local'];

for (const [title, kind] of Object.entries(KINDS)) {
  test.serial(`probes start in the networks of real pods of ${title}, and end with them`, async t => {
    const containerd = await startContainerd(await kind(line => t.log(line)));
    const runtime = {endpoints: [containerd.socket]};
    const {signal} = new AbortController();
    try {
      const serve = ['httpd', '-f', '-p', '8080'];
      const {sandbox} = await containerd.pods.run({name: 'web', image: BUSYBOX_IMAGE, args: serve});
      const address = await withRuntime(runtime, {signal}, async client => {
        const answer = await client.ask(CALLS.podSandboxStatus(), {podSandboxId: sandbox});
        return textAt(answer, 'status', 'network', 'ip') ?? t.fail();
      });
      await containerd.pods.run({
        name: 'client',
        image: BUSYBOX_IMAGE,
        args: ['sleep', '1000'],
        dns: {servers: ['10.251.0.53'], searches: SEARCHES, options: ['ndots:5']},
      });
      await containerd.pods.run({
        name: 'host',
        image: BUSYBOX_IMAGE,
        args: ['sleep', '1000'],
        hostNetwork: true,
      });
      const places = runtimePlaces({os: 'linux', root: '', runtime});
      const client = {namespace: 'shop', name: 'client', uid: 'uid-client'};
      const [place, host] = await places.pods([client, {namespace: 'shop', name: 'host'}], signal);
      t.like(place, {
        network: {kind: 'netns'},
        dns: {servers: ['10.251.0.53'], searches: SEARCHES, ndots: 5},
      });
      t.like(host, {network: {kind: 'host'}});
      const ports = probePorts({}, {places, targets: [POD_NETWORK]});
      const patient = {from: client, host: address, timeoutMs: 15_000} as const;
      const lines = await resultsOf(
        [
          {id: 'page', kind: 'http', port: 8080, ...patient},
          {id: 'closed', kind: 'tcp', port: 81, ...patient},
          {id: 'another', kind: 'tcp', port: 8080, ...patient, from: {...client, uid: 'uid-other'}},
        ],
        ports,
      );
      t.like(lines.get('page'), {ok: true, way: 'netns', http: {status: 404}});
      t.is(lines.get('closed')?.error, 'refused');
      t.is(lines.get('another')?.error, 'gone');

      const dying = resultsOf(
        [{id: 'dies', kind: 'tcp', from: client, host: '10.251.0.250', port: 80, tries: 20, timeoutMs: 2000}],
        ports,
      );
      await containerd.pods.removeAll();
      t.is((await dying).get('dies')?.error, 'gone');
    } finally {
      await containerd.stop();
    }
  });
}
