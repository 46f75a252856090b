import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {promisify} from 'node:util';
import ava from 'ava';
import type {ExecutionContext} from 'ava';
import {parseAllDocuments, stringify} from 'yaml';
import {folderWith} from '../../helpers/cli.ts';
import {startLab, type TestLab} from '../lab.ts';
import type {LabObject} from '../parts/api.ts';
import {buildForTest} from '../parts/build.ts';
import {onLab} from './installed.ts';

// One control plane for all.
const test = ava.serial;
const run = promisify(execFile);
const windows = join(import.meta.dirname, '../../../windows');
const NAMESPACE = 'kubectl-win';
/** 32 bytes that look like nobody's. */
const KEY = Buffer.alloc(32, 'not a key').toString('base64');
let lab: TestLab;
let renderer: string;

test.before(async t => {
  t.timeout(900_000);
  const tools = await buildForTest('helm', line => console.error(line));
  renderer = join(tools, 'helm-render');
  lab = await startLab({});
  // Objects of a namespace are only taken where it is.
  await lab.kubectl(['create', 'namespace', NAMESPACE]);
});
test.after.always(async () => lab?.stop());

test('kustomize makes of the base and an overlay with a key what the server takes', async t => {
  const overlay = folderWith(t, {key: `${KEY}\n`});
  const settings = {
    resources: [relative(overlay, join(windows, 'manifests'))],
    images: [
      {name: 'ghcr.io/kubectl-win/kubectl-win-agent', newName: 'registry.example.com/agent', newTag: 'v9'},
    ],
    secretGenerator: [
      {
        name: 'kubectl-win-agent-key',
        namespace: NAMESPACE,
        files: ['key'],
        options: {disableNameSuffixHash: true},
      },
    ],
  };
  writeFileSync(join(overlay, 'kustomization.yaml'), stringify(settings));
  const objects = objectsOf(await lab.kubectl(['kustomize', overlay]));
  await taken(t, objects);
  t.is(imageOf(objects, 'kubectl-win-agent-windows'), 'registry.example.com/agent:v9');
  t.true(objects.some(o => o.kind === 'Secret' && o.metadata.name === 'kubectl-win-agent-key'));
});

test('the server takes the CronJob of net check, from the file and as it is printed', async t => {
  const {stdout} = await onLab(
    lab,
    'net',
    'schedule',
    '--image',
    'example.com/kubectl-win',
    '--push-gateway',
    'http://gateway:9091',
  );
  const file = await readFile(join(windows, 'schedule/cronjob.yaml'), 'utf8');
  for (const text of [stdout, file]) {
    const objects = objectsOf(text);
    await taken(t, objects);
    t.deepEqual(
      objects.map(o => o.kind),
      ['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'RoleBinding', 'CronJob'],
    );
  }
});

test('Helm makes of the chart what `agent install` creates', async t => {
  const rendered = await render(t, {key: KEY, linux: true, probeTargets: ['10.244.0.0/16']});
  await taken(t, rendered);
  const {stdout} = await onLab(
    lab,
    'agent',
    'manifest',
    '--linux',
    '--no-key',
    '--allow-target',
    '10.244.0.0/16',
  );
  const printed = objectsOf(stdout);
  t.deepEqual(plain(rendered), plain(printed));
});

test('the values of the chart reach what they name', async t => {
  const group = {kind: 'Group', name: 'sre', apiGroup: 'rbac.authorization.k8s.io'};
  const digest = `sha256:${'0'.repeat(64)}`;
  const rendered = await render(t, {
    key: KEY,
    image: {repository: 'registry.example.com/agent', digest},
    imagePullSecrets: [{name: 'pull'}],
    nodeSelector: {pool: 'win'},
    tolerations: [{key: 'os', value: 'windows', effect: 'NoSchedule'}],
    maxUnavailable: 3,
    bind: {use: [], exec: [group]},
  });
  await taken(t, rendered);
  t.is(imageOf(rendered, 'kubectl-win-agent-windows'), `registry.example.com/agent@${digest}`);
  t.like(specOf(rendered, 'kubectl-win-agent-windows'), {
    updateStrategy: {rollingUpdate: {maxUnavailable: 3}},
    template: {
      spec: {
        nodeSelector: {'kubernetes.io/os': 'windows', pool: 'win'},
        tolerations: [{key: 'os', value: 'windows', effect: 'NoSchedule'}],
        imagePullSecrets: [{name: 'pull'}],
      },
    },
  });
  const bindings = rendered.filter(o => o.kind === 'RoleBinding');
  // Who may exec needs to find agents, too.
  t.deepEqual(bindings.map(nameOf).toSorted(), [
    'RoleBinding/kubectl-win-agent-exec',
    'RoleBinding/kubectl-win-agent-use',
  ]);
  for (const {subjects} of bindings as (LabObject & {subjects: unknown})[]) t.deepEqual(subjects, [group]);
});

test('the chart refuses values that nothing could be made of, and names them', async t => {
  for (const [values, named] of [
    [{maxUnavailable: '0%'}, /maxUnavailable/],
    [{image: {repository: 'a', digest: 'latest'}}, /digest/],
    [{key: 'short'}, /key/],
    [{linus: true}, /linus/],
  ] as const)
    await t.throwsAsync(render(t, values), {message: named});
});

async function render(t: ExecutionContext, values: object): Promise<LabObject[]> {
  const folder = folderWith(t, {'values.yaml': stringify(values)});
  const {stdout} = await run(renderer, [join(windows, 'chart'), join(folder, 'values.yaml')]);
  return objectsOf(stdout);
}

function objectsOf(yaml: string): LabObject[] {
  // Objects with heads, or the server refuses them.
  return parseAllDocuments(yaml)
    .map(document => document.toJS() as LabObject | null)
    .filter(object => object !== null);
}

/** The server's own validation, strict, with nothing changed. */
async function taken(t: ExecutionContext, objects: readonly LabObject[]): Promise<void> {
  for (const object of objects) {
    const query = 'fieldManager=test&dryRun=All&fieldValidation=Strict&force=true';
    const path = `${await lab.api.path(object)}?${query}`;
    t.truthy(await lab.api.send('PATCH', path, object, 'application/apply-patch+yaml'), nameOf(object));
  }
}

/** What both ways must have in common: the key is each one's own, annotations are kept by Helm itself. */
function plain(objects: readonly LabObject[]): LabObject[] {
  return objects
    .filter(({kind}) => kind !== 'Secret')
    .map(object => ({...object, metadata: {...object.metadata, annotations: undefined}}))
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

function nameOf({kind, metadata}: LabObject): string {
  return `${kind}/${metadata.name}`;
}

interface DaemonSetSpec {
  template: {spec: {containers: {image: string}[]}};
}

function specOf(objects: readonly LabObject[], name: string): DaemonSetSpec | undefined {
  // What the chart wrote, which the server has taken.
  return objects.find(o => o.metadata.name === name)?.['spec'] as DaemonSetSpec | undefined;
}

function imageOf(objects: readonly LabObject[], name: string): string | undefined {
  return specOf(objects, name)?.template.spec.containers[0]?.image;
}
