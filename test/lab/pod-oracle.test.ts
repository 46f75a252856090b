/** The API server is the oracle: what it refuses of a pod specification, the rules name field by field, and nothing else. */
import {readFileSync} from 'node:fs';
import {Agent, request} from 'node:https';
import test from 'ava';
import * as fc from 'fast-check';
import type {Check, Fail} from '../../src/checks/define.ts';
import {judge} from '../../src/checks/engine.ts';
import fieldRejected from '../../src/checks/pod/field-rejected-on-windows.ts';
import hostProcessMixed from '../../src/checks/pod/host-process-mixed.ts';
import userNameInvalid from '../../src/checks/pod/user-name-invalid.ts';
import {LINUX_FIELDS} from '../../src/kube/windows-fields.ts';
import {TestCluster} from '../helpers/cluster.ts';
import {startLab} from './lab.ts';
import type {TestLab} from './lab.ts';
import {LabDir} from './parts/places.ts';

type Spec = Record<string, unknown>;

/** One complaint of the server. */
interface Cause {
  field: string;
  message: string;
}

/** A tenth of the proof by default, all of it with `KUBECTL_WIN_FULL=1`. */
const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 1000 : 100;
const options = {numRuns: RUNS, endOnFailure: true};

let lab: TestLab;
let agent: Agent;

test.before(async () => {
  lab = await startLab();
  agent = new Agent({keepAlive: true, ca: readFileSync(new LabDir(lab.name).path('pki', 'apiserver.crt'))});
});

test.after.always(async () => {
  agent?.destroy();
  await lab?.stop();
});

function podOf(spec: Spec): TestObject {
  return {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'oracle', namespace: 'default'}, spec};
}

interface TestObject {
  apiVersion: string;
  kind: string;
  metadata: {name: string; namespace: string};
  spec: Spec;
}

/** What the server says to a pod, without making it. */
function dryRun(spec: Spec): Promise<Cause[]> {
  const body = JSON.stringify(podOf(spec));
  const url = `${lab.server}/api/v1/namespaces/default/pods?dryRun=All`;
  const headers = {'content-type': 'application/json', authorization: `Bearer ${lab.tokens.admin}`};
  return new Promise((resolve, reject) => {
    const sent = request(url, {method: 'POST', agent, headers}, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 201) resolve([]);
        else if (response.statusCode === 422) resolve(causesIn(text));
        else reject(new Error(`${response.statusCode ?? 0}: ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function causesIn(text: string): Cause[] {
  // A Status of reason Invalid lists every field that it refuses.
  const status = JSON.parse(text) as {details: {causes: Cause[]}};
  return status.details.causes;
}

/** What a rule says to a pod. */
function failsOf(check: Check, spec: Spec): Fail[] {
  const judgement = judge(new TestCluster([podOf(spec)]).snapshot('files'), [check]);
  if (judgement.problems.length > 0) throw new Error(judgement.problems[0]?.detail);
  return judgement.fails.flatMap(f => f.fails);
}

/** `/spec/containers/0/image` as the server writes it: `spec.containers[0].image`. */
function fieldPath(pointer: string): string {
  return pointer
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');
}

const set = (fields: string[]): string[] => [...new Set(fields)].sort();

const flag = fc.boolean();
const id = fc.integer({min: 0, max: 70_000});
const profile = fc.constantFrom({type: 'RuntimeDefault'}, {type: 'Unconfined'});
const maybe = <T>(fields: {[K in keyof T]: fc.Arbitrary<T[K]>}): fc.Arbitrary<Partial<T>> =>
  fc.record(fields, {requiredKeys: []}) as fc.Arbitrary<Partial<T>>;

const containerSecurity = maybe({
  appArmorProfile: profile,
  seLinuxOptions: fc.constantFrom({}, {level: 's0:c123,c456'}),
  seccompProfile: profile,
  capabilities: fc.constantFrom({}, {drop: ['ALL']}, {add: ['NET_ADMIN']}),
  readOnlyRootFilesystem: flag,
  privileged: flag,
  allowPrivilegeEscalation: flag,
  procMount: fc.constant('Default'),
  runAsUser: id,
  runAsGroup: id,
  runAsNonRoot: flag,
  windowsOptions: fc.constant({runAsUserName: 'ContainerUser'}),
});

const podSecurity = maybe({
  appArmorProfile: profile,
  seLinuxOptions: fc.constantFrom({}, {level: 's0:c123,c456'}),
  seccompProfile: profile,
  fsGroup: id,
  fsGroupChangePolicy: fc.constantFrom('Always', 'OnRootMismatch'),
  sysctls: fc.constantFrom([], [{name: 'kernel.shm_rmid_forced', value: '1'}]),
  runAsUser: id,
  runAsGroup: id,
  runAsNonRoot: flag,
  supplementalGroups: fc.array(id, {maxLength: 2}),
  supplementalGroupsPolicy: fc.constantFrom('Merge', 'Strict'),
  seLinuxChangePolicy: fc.constantFrom('MountOption', 'Recursive'),
  windowsOptions: fc.constant({runAsUserName: 'ContainerUser'}),
});

const containers = (name: string, min: number): fc.Arbitrary<Spec[]> =>
  fc.array(fc.option(containerSecurity, {nil: undefined}), {minLength: min, maxLength: 2}).map(all =>
    all.map((securityContext, i) => ({
      name: `${name}-${i}`,
      image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022',
      ...(securityContext && {securityContext}),
    })),
  );

const denseSpec = fc
  .tuple(
    containers('main', 1),
    containers('init', 0),
    maybe({
      hostPID: flag,
      hostIPC: flag,
      hostUsers: flag,
      shareProcessNamespace: flag,
      hostNetwork: flag,
      securityContext: podSecurity,
      resources: fc.constantFrom({}, {limits: {memory: '1Gi'}}),
    }),
  )
  .map(([main, initContainers, rest]): Spec => ({
    os: {name: 'windows'},
    containers: main,
    initContainers,
    ...rest,
  }));

/** Few fields, so that legal pods come up, too. */
const sparseSpec = fc
  .subarray(['hostPID', 'hostIPC', 'containers[].securityContext.runAsUser', 'securityContext.sysctls'], {
    maxLength: 1,
  })
  .chain(names =>
    names[0] === undefined ? fc.constant({containers: [container]}) : fc.constant(withField(names[0])),
  )
  .chain(spec =>
    fc.constantFrom(
      {...spec, os: {name: 'windows'}},
      {...spec, os: {name: 'linux'}},
      {containers: [container]},
    ),
  );
const windowsSpec: fc.Arbitrary<Spec> = fc.oneof(
  {weight: 4, arbitrary: denseSpec},
  {weight: 1, arbitrary: sparseSpec},
);

test('POD001 and the API server refuse the same fields', async t => {
  const seen = new Set<string>();
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(windowsSpec, async spec => {
      const causes = (await dryRun(spec)).filter(c => /windows pod/.test(c.message));
      const fails = failsOf(fieldRejected, spec);
      for (const fail of fails) seen.add(fail.cause);
      refused += causes.length > 0 ? 1 : 0;
      t.deepEqual(
        set(fails.flatMap(f => f.evidence.map(e => fieldPath(e.pointer)))),
        set(causes.map(c => c.field)),
      );
    }),
    options,
  );
  t.deepEqual([...seen].sort(), LINUX_FIELDS.map(f => f.name).sort(), 'every field of the table was tried');
  t.true(refused > 0 && refused < RUNS, 'both kinds of pods were tried');
  t.log(`${RUNS} specs, ${refused} refused, ${seen.size} fields`);
});

/** A legal value of each field of the table, alone in a pod. */
const ALONE: Record<string, unknown> = {
  hostPID: true,
  hostIPC: true,
  hostUsers: true,
  shareProcessNamespace: false,
  resources: {},
  appArmorProfile: {type: 'RuntimeDefault'},
  seLinuxOptions: {},
  seccompProfile: {type: 'RuntimeDefault'},
  fsGroup: 0,
  fsGroupChangePolicy: 'Always',
  sysctls: [{name: 'kernel.shm_rmid_forced', value: '1'}],
  runAsUser: 0,
  runAsGroup: 0,
  supplementalGroups: [],
  supplementalGroupsPolicy: 'Merge',
  seLinuxChangePolicy: 'MountOption',
  capabilities: {},
  readOnlyRootFilesystem: false,
  privileged: false,
  allowPrivilegeEscalation: false,
  procMount: 'Default',
};

const container = {name: 'main', image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022'};

/** A pod with one field of the table set. */
function withField(name: string): Spec {
  const key = name.slice(name.lastIndexOf('.') + 1);
  const field = {[key]: ALONE[key]};
  if (name.startsWith('containers[]')) {
    return {os: {name: 'windows'}, containers: [{...container, securityContext: field}]};
  }
  const rest = name.startsWith('securityContext.') ? {securityContext: field} : field;
  return {os: {name: 'windows'}, containers: [container], ...rest};
}

test('the API server refuses each field of the table alone, and for nothing else', async t => {
  for (const {name} of LINUX_FIELDS) {
    const spec = withField(name);
    const fields = set((await dryRun(spec)).map(c => c.field));
    t.deepEqual(fields, [`spec.${name.replace('[]', '[0]')}`]);
    t.deepEqual(
      failsOf(fieldRejected, spec).map(f => f.cause),
      [name],
    );
  }
});

test('the API server takes a Windows pod whose Linux fields are off', async t => {
  const off = {hostPID: false, hostIPC: false, securityContext: {sysctls: []}};
  for (const rest of [{}, off, {hostNetwork: false, securityContext: {runAsNonRoot: true}}]) {
    const spec = {os: {name: 'windows'}, containers: [container], ...rest};
    t.deepEqual(await dryRun(spec), []);
    t.deepEqual(failsOf(fieldRejected, spec), []);
  }
});

/** Names that come near each rule, from both sides. */
const characters = fc.constantFrom(
  ...'abzAZ09.- _$%{}()\'~!^&#`é漢\u00a0\u0085"/\\:;|=,+*?<>@[]\t\u0000\u007f'.split(''),
);
const sized = (lengths: number[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...lengths), fc.constantFrom('a', 'é', '.', 'a.', '-'))
    .map(([n, c]) => c.repeat(n));
const part = fc.oneof(
  fc.constantFrom(
    '',
    'ContainerUser',
    'CONTOSO',
    'contoso.example',
    '...',
    ' ',
    '-a',
    'a-',
    '.a',
    'NT AUTHORITY',
  ),
  fc.array(characters, {maxLength: 18}).map(all => all.join('')),
  sized([15, 16, 51, 52, 53, 63, 64, 103, 104, 105, 127, 128, 255, 256, 257]),
);
const userName = fc.oneof(
  part,
  fc.tuple(part, part).map(parts => parts.join('\\')),
  fc.tuple(part, part, part).map(parts => parts.join('\\')),
);

const runAs = (runAsUserName: string): Spec => ({windowsOptions: {runAsUserName}});

test('POD004 and the API server refuse the same user names', async t => {
  let refused = 0;
  let names = 0;
  await fc.assert(
    fc.asyncProperty(userName, fc.array(userName, {minLength: 1, maxLength: 8}), async (ofPod, own) => {
      const spec = {
        os: {name: 'windows'},
        securityContext: runAs(ofPod),
        containers: own.map((name, i) => ({name: `c${i}`, image: 'app', securityContext: runAs(name)})),
      };
      const causes = await dryRun(spec);
      const fails = failsOf(userNameInvalid, spec);
      const found = set(causes.map(c => c.field));
      names += own.length + 1;
      refused += found.length;
      t.deepEqual(set(fails.flatMap(f => f.evidence.map(e => fieldPath(e.pointer)))), found);
    }),
    options,
  );
  t.true(refused > 0 && refused < names, 'both kinds of names were tried');
  t.log(`${names} names, ${refused} refused`);
});

const hostProcess = fc.option(flag, {nil: undefined});
const withHostProcess = (value: boolean | undefined): Spec =>
  value === undefined ? {} : {securityContext: {windowsOptions: {hostProcess: value}}};

test('POD007 and the API server refuse the same HostProcess pods', async t => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      hostProcess,
      fc.array(hostProcess, {minLength: 1, maxLength: 3}),
      fc.array(hostProcess, {maxLength: 2}),
      fc.option(flag, {nil: undefined}),
      async (ofPod, main, init, hostNetwork) => {
        const made = (name: string) => (value: boolean | undefined, i: number) => ({
          name: `${name}${i}`,
          image: 'app',
          ...withHostProcess(value),
        });
        const spec = {
          os: {name: 'windows'},
          ...withHostProcess(ofPod),
          ...(hostNetwork !== undefined && {hostNetwork}),
          containers: main.map(made('main')),
          initContainers: init.map(made('init')),
        };
        const causes = await dryRun(spec);
        refused += causes.length > 0 ? 1 : 0;
        t.deepEqual(
          set(failsOf(hostProcessMixed, spec).flatMap(serverFields)),
          set(causes.map(c => c.field)),
        );
      },
    ),
    options,
  );
  t.true(refused > 0 && refused < RUNS, 'both kinds of pods were tried');
  t.log(`${RUNS} pods, ${refused} refused`);
});

/** Where the server puts what POD007 says: a contradiction at each container, the rest at the pod. */
function serverFields({cause, evidence}: Fail): string[] {
  if (cause === 'mixed') return ['spec'];
  if (cause === 'host-network-missing') return ['spec.hostNetwork'];
  return evidence.slice(1).map(e => fieldPath(e.pointer));
}
