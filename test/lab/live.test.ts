import type {ExecutionContext} from 'ava';
import test from 'ava';
import {ConnectionError} from '../../plugin/kube/api-error.ts';
import type {Access, AccessOptions} from '../../plugin/kube/access.ts';
import type {RequestRecord} from '../../plugin/kube/api-reader.ts';
import {loadKubeconfig} from '../../plugin/kube/kubeconfig.ts';
import {loadLive} from '../../plugin/kube/load-live.ts';
import {ExternalError} from '../../plugin/errors.ts';
import {RESOURCES, resourceOfKind} from '../../src/kube/resources.ts';
import {isRecord} from '../../src/kube/shape.ts';
import {SnapshotAssembler} from '../../src/snapshot/assemble.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';

async function lab(t: ExecutionContext): Promise<TestLab> {
  const started = await startLab();
  t.teardown(() => started.stop());
  return started;
}

function read(access: Access, log?: (record: RequestRecord) => void): Promise<Snapshot> {
  return loadLive({access, signal: new AbortController().signal, ...(log && {log})});
}

function accessTo(started: TestLab, options: AccessOptions = {}): Access {
  return loadKubeconfig({kubeconfig: started.kubeconfigs.admin, ...options});
}

/** Written to all the time: what is read twice is not the same. */
const RESTLESS = new Set(['events', 'leases', 'nodes']);

/** The same cluster as kubectl prints it, a kind at a time. */
async function readByKubectl(started: TestLab): Promise<SnapshotAssembler> {
  const assembler = new SnapshotAssembler();
  for (const {plural, group, key, custom, names} of RESOURCES) {
    if (custom || names || RESTLESS.has(key)) continue;
    const list: unknown = JSON.parse(
      await started.kubectl([
        'get',
        group ? `${plural}.${group}` : plural,
        '-A',
        '-o',
        'json',
        '--show-managed-fields',
      ]),
    );
    const items: unknown[] = isRecord(list) && Array.isArray(list['items']) ? list['items'] : [];
    assembler.add(key, []);
    for (const item of items) {
      if (!isRecord(item)) continue;
      const resource = resourceOfKind(String(item['apiVersion']), String(item['kind']));
      if (resource) assembler.add(resource.key, [item]);
    }
  }
  return assembler;
}

test('what is read live is what kubectl prints', async t => {
  const started = await lab(t);
  const live = await read(accessTo(started));
  const printed = (await readByKubectl(started)).build(live.source);
  for (const {key, custom, names} of RESOURCES) {
    if (custom || names || RESTLESS.has(key)) continue;
    t.deepEqual(live.evidence[key], printed.evidence[key], key);
  }
  const nodes = evidenceOf(live, 'nodes');
  t.true(nodes.ok && nodes.value.some(n => n.status.nodeInfo?.operatingSystem === 'windows'));
});

test('nothing is missing for an administrator, in few requests and never more than five at a time', async t => {
  const started = await lab(t);
  const log: RequestRecord[] = [];
  const live = await read(accessTo(started), r => log.push(r));
  for (const {key} of RESOURCES) {
    const evidence = evidenceOf(live, key);
    t.true(evidence.ok && !evidence.partial, key);
  }
  t.true(log.length <= 45, `${log.length} requests`);
  t.true(Math.max(...log.map(r => r.inFlight)) <= 5);
  t.true(log.every(r => r.status === 200));
});

test('the moment is that of the API server, to the second', async t => {
  const started = await lab(t);
  const live = await read(accessTo(started));
  t.true(Math.abs(Date.parse(live.now) - Date.now()) < 30_000);
});

test('definitions are known without their schemas', async t => {
  const started = await lab(t);
  const version = {name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}};
  await started.api.send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
    metadata: {
      name: 'gmsacredentialspecs.windows.k8s.io',
      annotations: {'api-approved.kubernetes.io': 'unapproved, a test'},
    },
    spec: {
      group: 'windows.k8s.io',
      scope: 'Cluster',
      names: {plural: 'gmsacredentialspecs', kind: 'GMSACredentialSpec'},
      versions: [version],
    },
  });
  const spec = {
    group: 'windows.k8s.io',
    names: {plural: 'gmsacredentialspecs', kind: 'GMSACredentialSpec'},
    versions: [{name: 'v1', served: true}],
  };
  // Discovery learns of a definition a moment after it was made.
  for (let tries = 0; ; tries++) {
    const definitions = evidenceOf(await read(accessTo(started)), 'customResourceDefinitions');
    const found = definitions.ok ? definitions.value[0]?.spec : undefined;
    if (found?.versions?.length || tries > 20) {
      t.deepEqual(found, spec);
      break;
    }
    await new Promise(resolve => setTimeout(resolve, 300));
  }
});

/** Expects one clear line. */
async function refused(t: ExecutionContext, access: Access, message: RegExp): Promise<void> {
  const error = await t.throwsAsync(read(access), {instanceOf: ExternalError, message});
  t.is(error?.exitCode, 3);
  t.false(error?.message.includes('\n'));
}

test('wrong credentials, authorities, names and addresses are one clear line each', async t => {
  const started = await lab(t);
  const access = accessTo(started);
  await refused(t, accessTo(started, {token: 'invented'}), /refuses these credentials \(401\)/);
  await refused(t, {...access, cluster: {}}, /is not signed by the authority that the kubeconfig names/);
  await refused(t, accessTo(started, {tlsServerName: 'wrong.example'}), /is not made out to/);
  const plain = access.server.replace('https:', 'http:');
  await refused(t, {...access, server: plain}, /HTTP 400: Client sent an HTTP request to an HTTPS server/);
});

test('a cluster that is gone is said to be that', async t => {
  const started = await startLab();
  // Its CA file goes with it.
  const access = accessTo(started, {insecureSkipTlsVerify: true});
  await started.stop();
  await t.throwsAsync(read(access), {instanceOf: ConnectionError, message: /^nothing listens at https:/});
});
