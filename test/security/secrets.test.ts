import test from 'ava';
import {loadCapture} from '../../src/capture/load.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import {loadManifests} from '../../src/manifests/load.ts';
import {buildReport} from '../../src/report/build.ts';
import {FORMATS} from '../../src/report/format-names.ts';
import {render} from '../../src/report/formats.ts';
import type {Locate} from '../../src/report/locate.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import {PLAIN} from '../../src/report/palette.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {filesOf} from '../helpers/capture-files.ts';
import {healthy} from '../helpers/cluster.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import {NOW, event} from '../helpers/raw.ts';

/** Every planted secret carries this, so that one look finds any of them. */
const CANARY = 'canary7';

/** What is wrong with the pods, so that reports quote them. */
const QUOTED = `Failed to pull image "robot:${CANARY}a@registry.example/app:1": Get "https://robot:${CANARY}b@registry.example/v2/": password=${CANARY}c`;

function plant(spec: Json): void {
  const [container] = spec.containers;
  container.image = `robot:${CANARY}d@registry.example/app:1`;
  container.env = [
    {name: 'DB_PASSWORD', value: `${CANARY}e`},
    {name: 'HTTPS_PROXY', value: `http://u:${CANARY}f@proxy:1`},
    {name: 'INLINE', value: {wrong: `${CANARY}g`}},
  ];
  container.command = ['/bin/sh', '-c', `login --password ${CANARY}h`];
  container.args = ['--token', `${CANARY}i`, `--client-secret=${CANARY}j`];
  container.lifecycle = {preStop: {exec: {command: ['x', `--password=${CANARY}k`]}}};
  container.livenessProbe = {
    httpGet: {path: '/', port: 1, httpHeaders: [{name: 'Authorization', value: `${CANARY}l`}]},
  };
  container.securityContext = {windowsOptions: {gmsaCredentialSpec: `{"Sid": "${CANARY}m"}`}};
  spec.volumes = [
    {
      name: 's',
      csi: {
        driver: 'smb.csi.k8s.io',
        volumeAttributes: {source: `//u:${CANARY}n@h/s`, password: `${CANARY}o`},
      },
    },
    {name: 'f', flexVolume: {driver: 'x', options: {password: `${CANARY}p`}}},
    {name: 'i', iscsi: {chapAuthSession: `${CANARY}q`}},
  ];
}

function planted(): Raw[] {
  const cluster = healthy().changeSpec('Deployment', 'shop/web', plant);
  cluster.changeAll('Pod', p => {
    if (p.metadata.namespace !== 'shop') return;
    p.status.containerStatuses[0].state = {waiting: {reason: 'ImagePullBackOff', message: QUOTED}};
    p.status.containerStatuses[0].image = `robot:${CANARY}r@registry.example/app:1`;
    p.status.containerStatuses[0].ready = false;
    p.status.conditions.push({type: 'Ready', status: 'False', message: `Bearer ${CANARY}.s-123456789`});
    p.status.message = `token="${CANARY}t"`;
    p.metadata.annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': `{"env":[{"value":"${CANARY}u"}]}`,
      'vault.example/config': `{"password":"${CANARY}v"}`,
    };
  });
  cluster.change('ConfigMap', 'kube-flannel/kube-flannel-cfg', c => {
    c.data['kubeconfig.conf'] = `users: [{user: {token: ${CANARY}w}}]`;
    c.data['admin.conf'] = `apiVersion: v1\nkind: Config\nusers:\n- user: {client-key-data: ${CANARY}x}\n`;
    c.data['tls.key'] = `-----BEGIN PRIVATE KEY-----\n${CANARY}y\n-----END PRIVATE KEY-----`;
  });
  const metadata = {name: 'planted', namespace: 'shop'};
  cluster.add(
    event(cluster.get('Pod', 'shop/web-0'), 'Failed', QUOTED),
    {
      apiVersion: 'windows.k8s.io/v1',
      kind: 'GMSACredentialSpec',
      metadata,
      credspec: {Password: `${CANARY}z`},
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {name: 'planted'},
      provisioner: 'smb.csi.k8s.io',
      parameters: {
        source: '//files.example/s',
        resturl: `http://u:${CANARY}A@h:1`,
        restuserkey: `${CANARY}B`,
      },
      mountOptions: [`password=${CANARY}C`],
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: {name: 'gmsa'},
      webhooks: [
        {name: 'gmsa.example', clientConfig: {url: `https://u:${CANARY}D@h/x`, caBundle: `${CANARY}E`}},
      ],
    },
  );
  return [
    ...cluster.objects,
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      data: {password: `${CANARY}F`},
      stringData: {x: `${CANARY}G`},
    },
    {apiVersion: 'v1', kind: 'ConfigMap', metadata: {...metadata, name: 'private'}, data: {x: `${CANARY}H`}},
  ];
}

/** The lines of anything that was made of the planted objects in which a secret shows. */
function leaks(snapshot: Snapshot, locate: Locate): string[] {
  const judgement = judge(snapshot, CHECKS);
  const made = buildReport(
    snapshot,
    judgement,
    {version: '0.1.0', timings: {collectMs: 1, judgeMs: 1}},
    locate,
  );
  const told = FORMATS.map(f =>
    render(f, made, {palette: PLAIN, width: 100, checks: CHECKS, failOn: 'error'}),
  );
  return [JSON.stringify(snapshot, null, 1), ...told]
    .flatMap(text => text.split('\n'))
    .filter(line => line.includes(CANARY));
}

test('no secret of a cluster is held in memory or told in any format', t => {
  const cluster = healthy();
  cluster.removeAll('Pod').removeAll('Deployment').removeAll('ConfigMap').removeAll('ReplicaSet');
  const kept = planted().filter(o => o.kind !== 'Secret' && o.metadata.name !== 'private');
  cluster.add(...kept);
  const snapshot = cluster.snapshot();
  t.deepEqual(leaks(snapshot, bundleLocator(snapshot)), []);
  t.true(judge(snapshot, CHECKS).fails.length > 0);
});

test('no secret of a capture is held in memory or told', async t => {
  const stream = planted()
    .map(o => JSON.stringify(o))
    .join('\n---\n');
  const {snapshot, notes} = await loadCapture(filesOf({'dump.yaml': stream}), {fallbackTime: NOW});
  t.deepEqual(leaks(snapshot, bundleLocator(snapshot)), []);
  t.false(notes.join('\n').includes(CANARY));
  t.true(snapshot.evidence.pods?.ok);
});

test('no secret of manifests is told, not even where its type is wrong', t => {
  const wrong = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'typed'},
    spec: {
      os: {name: 'windows'},
      containers: [{name: 'c', image: 'x', args: `${CANARY}I`, env: [{name: 'PIN', value: 7_770_777}]}],
      nodeSelector: `${CANARY}J`,
    },
  };
  const files = [...planted(), wrong].map((o, i) => ({name: `${i}.yaml`, text: JSON.stringify(o)}));
  const broken = {name: 'broken.yaml', text: `kind: Secret\nstringData:\n  password: ${CANARY}K\n bad: [`};
  const {snapshot, locate, notes} = loadManifests([...files, broken], {now: NOW, name: 'planted'});
  t.deepEqual(leaks(snapshot, locate), []);
  t.false(notes.join('\n').includes(CANARY));
  t.false(JSON.stringify(snapshot).includes('7770777'));
});
