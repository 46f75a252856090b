/** The API server is the oracle: what it refuses of a pod specification, the rules name field by field, and nothing else. */
import test from 'ava';
import * as fc from 'fast-check';
import type {Fail} from '../../src/checks/define.ts';
import fieldRejected from '../../src/checks/pod/field-rejected-on-windows.ts';
import hostProcessMixed from '../../src/checks/pod/host-process-mixed.ts';
import userNameInvalid from '../../src/checks/pod/user-name-invalid.ts';
import {LINUX_FIELDS} from '../../src/kube/windows-fields.ts';
import type {Oracle, Spec} from './pod-oracle/server.ts';
import {failsOf, fieldPath, startOracle} from './pod-oracle/server.ts';
import {container, windowsSpec, withField} from './pod-oracle/specs.ts';
import {userName} from './pod-oracle/user-names.ts';

/** A tenth of the proof by default, all of it with `KUBECTL_WIN_FULL=1`. */
const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 1000 : 100;
const options = {numRuns: RUNS, endOnFailure: true};

let oracle: Oracle;

test.before(async () => {
  oracle = await startOracle();
});

test.after.always(async () => {
  await oracle?.close();
});

const set = (fields: string[]): string[] => [...new Set(fields)].sort();

test('POD001 and the API server refuse the same fields', async t => {
  const seen = new Set<string>();
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(windowsSpec, async spec => {
      const causes = (await oracle.dryRun(spec)).filter(c => /windows pod/.test(c.message));
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

test('the API server refuses each field of the table alone, and for nothing else', async t => {
  for (const {name} of LINUX_FIELDS) {
    const spec = withField(name);
    const fields = set((await oracle.dryRun(spec)).map(c => c.field));
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
    t.deepEqual(await oracle.dryRun(spec), []);
    t.deepEqual(failsOf(fieldRejected, spec), []);
  }
});

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
      const causes = await oracle.dryRun(spec);
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

const flag = fc.boolean();
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
        const causes = await oracle.dryRun(spec);
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
