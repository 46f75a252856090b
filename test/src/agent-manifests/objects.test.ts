import test from 'ava';
import {clusterRoles} from '../../../src/agent-manifests/cluster-roles.ts';
import {labelValue} from '../../../src/agent-manifests/labels.ts';
import {inOrder, objectsFor} from '../../../src/agent-manifests/objects.ts';
import type {AgentSettings, ManifestObject} from '../../../src/agent-manifests/settings.ts';
import {readStoredSettings, storedSettings} from '../../../src/agent-manifests/stored-settings.ts';
import {fieldsOf} from './fields-of.ts';

const SETTINGS: AgentSettings = {
  version: '0.1.0',
  image: 'registry.example/agent@sha256:0',
  pullSecrets: ['registry'],
  os: ['windows', 'linux'],
  nodes: ['win-1'],
  nodeSelector: {pool: 'win'},
  tolerations: [{operator: 'Exists'}],
  maxUnavailable: '10%',
  targets: ['10.0.0.0/8'],
  clusterTargets: ['10.96.0.0/12'],
  users: [{kind: 'User', name: 'ursula'}],
  execUsers: [{kind: 'Group', name: 'on-call'}],
  openShift: true,
  key: 'secret-of-the-agents',
};

const objects = inOrder(objectsFor(SETTINGS, {ttlSeconds: 3600, at: '2026-01-01T00:00:00Z'}));

test('everything carries the label by which it is removed', t => {
  for (const {metadata} of objects) t.is(metadata.labels['app.kubernetes.io/managed-by'], 'kubectl-win');
});

test('the key is in its Secret and nowhere else', t => {
  const holders = objects.filter(object => JSON.stringify(object).includes('secret-of-the-agents'));
  t.deepEqual(
    holders.map(o => o.kind),
    ['Secret'],
  );
});

test('agents hold no token, and run as what they must and no more', t => {
  const [windows, linux] = objects.filter(o => o.kind === 'DaemonSet').map(podOf);
  for (const pod of [windows, linux]) {
    t.is(pod?.['automountServiceAccountToken'], false);
    t.is(pod?.['hostPID'], undefined);
    t.is(pod?.['serviceAccountName'], undefined);
  }
  t.deepEqual(windows?.['securityContext'], {
    windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'},
  });
  const container = fieldsOf(linux, 'containers', '0');
  t.like(container['securityContext'], {
    capabilities: {drop: ['ALL'], add: ['SYS_ADMIN']},
    readOnlyRootFilesystem: true,
    seLinuxOptions: {type: 'spc_t'},
  });
  const mounts = container['volumeMounts'] as {name: string; readOnly?: boolean}[]; // Of a manifest of ours.
  t.deepEqual(
    mounts.filter(mount => !mount.readOnly).map(mount => mount.name),
    ['cache'],
  );
});

test('no role lets anybody use nodes/proxy, and none has a wildcard', t => {
  const text = JSON.stringify([...objects, ...clusterRoles()].filter(o => o.kind.endsWith('Role')));
  t.false(text.includes('nodes/proxy'));
  t.false(text.includes('"*"'));
});

test('what ends it all may delete one namespace and nothing else', t => {
  const role = objects.find(o => o.kind === 'ClusterRole');
  t.deepEqual(role?.['rules'], [
    {apiGroups: [''], resources: ['namespaces'], resourceNames: ['kubectl-win'], verbs: ['delete']},
  ]);
});

test('stored settings come back as they were, without key, time and what is found out anew', t => {
  const {key: _, clusterTargets: _targets, openShift: _openShift, ...rest} = SETTINGS;
  t.deepEqual(readStoredSettings(storedSettings(SETTINGS)), rest);
  t.is(readStoredSettings('{'), undefined);
  t.is(readStoredSettings(undefined), undefined);
});

test('any version is a label', t => {
  t.is(labelValue('0.1.0-rc.1+build/7'), '0.1.0-rc.1_build_7');
  t.is(labelValue('-x-'), 'x');
});

function podOf(object: ManifestObject): Record<string, unknown> {
  return fieldsOf(object, 'spec', 'template', 'spec');
}
