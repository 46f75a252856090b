import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import ava from 'ava';
import {parseAllDocuments} from 'yaml';
import {loadSnapshotFrom} from '../../plugin/capture/load.ts';
import {judge} from '../../src/checks/engine.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {buildReport} from '../../src/report/build.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import {policyReports, REPORT_APIS} from '../../src/report/policy-reports.ts';
import type {PolicyReportObject} from '../../src/report/policy-reports.ts';
import {win} from '../helpers/cli.ts';
import {reportDefinitions} from '../helpers/report-definitions.ts';
import {startLab, type TestLab} from './lab.ts';
import {putPluginImage} from './linux-node/own-image.ts';
import type {LabObject} from './parts/api.ts';

// One control plane for all.
const test = ava.serial;
const root = join(import.meta.dirname, '../..');
/** A real pod takes an image of 100 MB, and a real node. */
const isFull = process.env['KUBECTL_WIN_FULL'] === '1';
let lab: TestLab;

test.before(async t => {
  t.timeout(300_000);
  lab = await startLab({scene: 'sick', linuxNode: isFull});
  await lab.kubectl(['create', 'namespace', 'kubectl-win']);
});
test.after.always(async () => lab?.stop());

test('before there is an API of reports, doctor says so and tells the rest', async t => {
  const {code, stderr} = await asSchedule();
  t.is(code, 0, stderr);
  t.regex(stderr, /neither openreports\.io nor wgpolicyk8s\.io/);
  t.regex(stderr, /\d+ Events? written/);
});

test('the account of the CronJob may do what the CronJob does: reports and Events are in the cluster, and no more is allowed', async t => {
  t.timeout(120_000);
  await define();
  const {code, stderr, stdout} = await asSchedule();
  t.is(code, 0, stderr);
  t.regex(stdout, /^kubectl_win_doctor_findings\{check="\w+",severity="error",root="true"\} 1$/m);
  t.regex(stderr, /\d+ reports of policies written/);
  const reports = await listed('reports.openreports.io');
  t.true(reports.some(r => r.metadata.namespace === 'shop' && r.summary.fail > 0));
  for (const {metadata, results, summary} of reports) {
    t.is(summary.fail, results.filter(r => r.result === 'fail').length);
    for (const {resources = []} of results) for (const r of resources) t.is(r.namespace, metadata.namespace);
  }
  const [cluster] = await listed('clusterreports.openreports.io');
  t.true(cluster?.results.some(r => r.resources?.some(x => x.kind === 'Node')));
  const events = await lab.kubectl([
    'get',
    'events',
    '-A',
    '-o',
    'name',
    '--field-selector=source=kubectl-win-doctor',
  ]);
  t.true(events.split('\n').length > 3);
  const may = (...verb: string[]): Promise<string> =>
    lab.kubectl([
      'auth',
      'can-i',
      ...verb,
      '--as=system:serviceaccount:kubectl-win:kubectl-win-doctor',
      '-A',
    ]);
  t.is((await may('list', 'nodes')).trim(), 'yes');
  for (const verb of [
    ['delete', 'pods'],
    ['get', 'secrets'],
    ['create', 'pods'],
    ['delete', 'reports.openreports.io/others'],
    ['patch', 'nodes'],
  ])
    await t.throwsAsync(may(...verb), undefined, verb.join(' '));
});

test('what no longer holds is taken away at the next run', async t => {
  const stale = {
    apiVersion: 'openreports.io/v1alpha1',
    kind: 'Report',
    metadata: {
      name: 'kubectl-win-doctor',
      namespace: 'default',
      labels: {'app.kubernetes.io/managed-by': 'kubectl-win'},
    },
  };
  await lab.api.send(
    'PATCH',
    `${await lab.api.path(stale)}?fieldManager=test`,
    stale,
    'application/apply-patch+yaml',
  );
  t.is((await asSchedule()).code, 0);
  t.false((await listed('reports.openreports.io')).some(r => r.metadata.namespace === 'default'));
});

if (isFull)
  test('the CronJob runs in a real pod, from our image: findings become Events, reports and metrics', async t => {
    t.timeout(600_000);
    const pushed: {to: string; body: string}[] = [];
    const gateway = createServer((request, response) => {
      void (async () => {
        pushed.push({to: request.url ?? '', body: await text(request)});
        response.end();
      })();
    });
    await new Promise<void>(resolve => gateway.listen(0, '127.0.0.1', resolve));
    t.teardown(() => gateway.close());
    // A server on TCP has a port.
    const {port} = gateway.address() as {port: number};
    const image = await putPluginImage(lab);
    const [names, events] = [
      ['get', 'reports.openreports.io,clusterreports.openreports.io', '-A', '-o', 'name'],
      ['get', 'events', '-A', '-o', 'name', '--field-selector=source=kubectl-win-doctor'],
    ];
    await lab.kubectl(['delete', 'events', '-A', '--all']);
    await lab.kubectl(['delete', 'reports.openreports.io,clusterreports.openreports.io', '-A', '--all']);
    const gatewayUrl = `http://127.0.0.1:${port}`;
    const printed = await win(['doctor', 'schedule', '--image', image, '--push-gateway', gatewayUrl]);
    for (const document of parseAllDocuments(printed.stdout)) {
      const object = document.toJS() as LabObject;
      if (object.kind === 'CronJob') placeOnRealNode(object as unknown as CronJob, new URL(lab.server));
      const path = `${await lab.api.path(object)}?fieldManager=test&force=true`;
      await lab.api.send('PATCH', path, object, 'application/apply-patch+yaml');
    }
    const there = ['-n', 'kubectl-win'];
    await lab.kubectl(['create', 'job', ...there, 'now', '--from=cronjob/kubectl-win-doctor']);
    await lab
      .kubectl(['wait', ...there, '--for=condition=Complete', '--timeout=180s', 'job/now'])
      .catch(async () => t.fail(await lab.kubectl(['describe', ...there, 'pods'])));
    const log = await lab.kubectl(['logs', ...there, 'job/now']);
    t.regex(log, /^kubectl_win_doctor_findings\{check="\w+",severity="error",root="true"\} 1$/m);
    t.regex(log, /\d+ Events? written/);
    t.regex(log, /\d+ reports of policies written/);
    t.true(
      pushed.some(({to, body}) => to.startsWith('/metrics/') && /^kubectl_win_doctor_findings/m.test(body)),
    );
    t.regex(await lab.kubectl(names), /clusterreport.*kubectl-win-doctor/);
    t.true((await lab.kubectl(events)).split('\n').length > 3);
  });

test('the server takes reports of both APIs strictly, and the files of the schedule', async t => {
  const {snapshot} = await loadSnapshotFrom(join(root, 'plugin/sample'));
  const run = {version: '0', timings: {collectMs: 0, judgeMs: 0}};
  const report = buildReport(snapshot, judge(snapshot, CHECKS), run, bundleLocator(snapshot));
  const printed = await win(['doctor', 'schedule', '--image', 'example.com/kubectl-win']);
  const file = await readFile(join(root, 'windows/schedule/doctor-cronjob.yaml'), 'utf8');
  const objects = [
    ...REPORT_APIS.flatMap(api => policyReports(report, api, 1_788_264_000)),
    // Objects with heads, or the server refuses them.
    ...[printed.stdout, file].flatMap(text => parseAllDocuments(text).map(d => d.toJS() as LabObject)),
  ];
  for (const namespace of new Set(objects.flatMap(o => o.metadata.namespace ?? [])))
    await lab.kubectl(['create', 'namespace', namespace]).catch(() => undefined);
  for (const object of objects) {
    const path = await lab.api.path(object);
    const query = 'fieldManager=test&dryRun=All&fieldValidation=Strict&force=true';
    t.truthy(await lab.api.send('PATCH', `${path}?${query}`, object, 'application/apply-patch+yaml'));
  }
});

/** Runs what the CronJob runs, as its account. */
async function asSchedule(): Promise<Awaited<ReturnType<typeof win>>> {
  const {stdout} = await win(['doctor', 'schedule', '--image', 'example.com/kubectl-win']);
  const objects = parseAllDocuments(stdout).map(d => d.toJS() as LabObject);
  for (const object of objects) {
    const path = `${await lab.api.path(object)}?fieldManager=test&force=true`;
    await lab.api.send('PATCH', path, object, 'application/apply-patch+yaml');
  }
  const job = objects.find(o => o.kind === 'CronJob');
  const args = (job as unknown as CronJob).spec.jobTemplate.spec.template.spec.containers[0]?.args ?? [];
  const token = await lab.kubectl(['create', 'token', '-n', 'kubectl-win', 'kubectl-win-doctor']);
  const access = ['--kubeconfig', lab.kubeconfigs.nobody, '--token', token.trim()];
  return win([...args, ...access, '--agent', 'never']);
}

/** As far as it is read here. */
interface CronJob {
  spec: {jobTemplate: {spec: {template: {spec: PodSpec}}}};
}

interface PodSpec {
  nodeSelector: Record<string, string>;
  tolerations?: object[];
  hostNetwork?: boolean;
  containers: {args: string[]; env: {name: string; value: string}[]}[];
}

/** Does what any cluster does and a lab does not: pods reach the API, from any node. */
function placeOnRealNode({spec}: CronJob, {hostname, port}: URL): void {
  const pod = spec.jobTemplate.spec.template.spec;
  pod.nodeSelector = {'lab.kubectl-win/real': 'true'};
  pod.tolerations = [{operator: 'Exists'}];
  pod.hostNetwork = true;
  for (const {env} of pod.containers)
    env.push(
      {name: 'KUBERNETES_SERVICE_HOST', value: hostname},
      {name: 'KUBERNETES_SERVICE_PORT', value: port},
    );
}

/** Installs both APIs and waits until they are served. */
async function define(): Promise<void> {
  const definitions = REPORT_APIS.flatMap(reportDefinitions) as LabObject[];
  for (const definition of definitions)
    await lab.api.send(
      'PATCH',
      `${await lab.api.path(definition)}?fieldManager=test`,
      definition,
      'application/apply-patch+yaml',
    );
  const names = definitions.map(d => `crd/${d.metadata.name}`);
  await lab.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
}

async function listed(plural: string): Promise<PolicyReportObject[]> {
  const text = await lab.kubectl(['get', plural, '-A', '-o', 'json']);
  return (JSON.parse(text) as {items: PolicyReportObject[]}).items;
}
