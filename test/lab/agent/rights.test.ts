import ava from 'ava';
import {parseAllDocuments} from 'yaml';
import {startLab, type TestLab} from '../lab.ts';
import type {LabObject} from '../parts/api.ts';
import {allWell, install, onLab, uninstall} from './installed.ts';

// One control plane for all.
const test = ava.serial;
let lab: TestLab;

const NAMESPACE = 'kubectl-win';
const RBAC = 'rbac.authorization.k8s.io';
const USER = 'ursula';
const EXECUTOR = 'erich';
const ADMIN = 'adele';
const VIEWER = 'viktor';
const NOBODY = 'nora';

test.before(async () => {
  lab = await startLab({agents: true});
});
test.after.always(async () => lab?.stop());

/** What is asked for: everything that would give power over nodes or secrets, and what the roles are for. */
const RESOURCES =
  `pods pods/exec pods/portforward pods/attach pods/log pods/ephemeralcontainers secrets configmaps namespaces nodes
  nodes/proxy serviceaccounts serviceaccounts/token apps/daemonsets apps/deployments batch/jobs ${RBAC}/roles
  ${RBAC}/rolebindings ${RBAC}/clusterroles ${RBAC}/clusterrolebindings`.split(/\s+/);
const VERBS = ['get', 'list', 'create', 'update', 'patch', 'delete', 'escalate', 'bind', 'impersonate'];

/** Asks the API server's own authorizer for every pair of verb and resource; answers those that are allowed. */
async function allowed(user: string, namespace: string | undefined, name?: string): Promise<string[]> {
  const answers = await Promise.all(
    RESOURCES.flatMap(full =>
      VERBS.map(async verb => {
        const [group = '', rest] =
          /^[^/]+\/[a-z]+$/.test(full) && !/^(?:pods|nodes|serviceaccounts)\//.test(full)
            ? full.split('/')
            : ['', full];
        const [resource, subresource] = (rest ?? full).split('/');
        // The server answers with the review, its status filled.
        const {status} = (await lab.api.send('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SubjectAccessReview',
          spec: {
            user,
            resourceAttributes: {
              verb,
              group,
              resource,
              ...(subresource !== undefined && {subresource}),
              ...(namespace !== undefined && {namespace}),
              ...(name !== undefined && {name}),
            },
          },
        })) as {status: {allowed: boolean}};
        return status.allowed ? [`${verb} ${full}`] : [];
      }),
    ),
  );
  return answers.flat().toSorted();
}

const INSTALL = ['--bind-user', USER, '--bind-exec-user', EXECUTOR];
const OF_USER = ['create pods/portforward', 'get pods', 'get pods/portforward', 'list pods'];

test('agent-use and agent-exec give just what they are for, in their namespace and nowhere else', async t => {
  await install(t, lab, ...INSTALL);
  t.deepEqual(await allowed(USER, NAMESPACE), OF_USER);
  t.deepEqual(
    await allowed(EXECUTOR, NAMESPACE),
    [...OF_USER, 'create pods/exec', 'get pods/exec'].toSorted(),
  );
  t.deepEqual(
    await allowed(USER, NAMESPACE, 'kubectl-win-agent-key'),
    [...OF_USER, 'get secrets'].toSorted(),
  );
  for (const user of [USER, EXECUTOR, NOBODY]) {
    t.deepEqual(await allowed(user, 'default'), []);
    t.deepEqual(await allowed(user, undefined), []);
  }
  t.deepEqual(await allowed(NOBODY, NAMESPACE, 'kubectl-win-agent-key'), []);
});

test('a user with agent-use reaches agents by port-forward, and may not exec', async t => {
  await allWell(t, lab);
  const run = await onLab(lab, 'agent', 'status', '--as', USER);
  t.is(run.code, 0, run.stderr + run.stdout);
  t.regex(run.stdout, /3 of 3 agents well/);
  t.regex(run.stdout, /port-forward/);
});

test('whoever has no role is told which one to ask for', async t => {
  const run = await onLab(lab, 'agent', 'status', '--as', NOBODY);
  t.is(run.code, 3);
  t.regex(run.stderr, /pods is forbidden: User "nora" cannot list/);
  t.regex(run.stderr, /Role kubectl-win-agent-use/);
  await uninstall(t, lab);
});

test('agent-admin installs, upgrades and removes, and has no further power', async t => {
  const {stdout} = await onLab(lab, 'agent', 'manifest', '--roles');
  for (const document of parseAllDocuments(stdout)) await lab.api.create(document.toJS() as LabObject);
  for (const [user, role] of [
    [ADMIN, 'kubectl-win-agent-admin'],
    [VIEWER, 'kubectl-win-view'],
  ]) {
    await lab.kubectl([
      'create',
      'clusterrolebinding',
      `test-${user}`,
      `--clusterrole=${role}`,
      `--user=${user}`,
    ]);
  }
  const steps = [
    ['install', '--yes', '--linux', '--timeout', '60s', ...INSTALL],
    ['upgrade', '--yes', '--timeout', '60s'],
    ['install', '--yes', '--linux', '--timeout', '60s', '--ttl', '1h'],
  ];
  for (const step of steps) {
    const run = await onLab(lab, 'agent', ...step, '--as', ADMIN);
    t.is(run.code, 0, `${step[0]}: ${run.stderr}`);
  }
  const rest = await onLab(lab, 'agent', 'uninstall', '--yes', '--as', ADMIN);
  t.is(rest.code, 0, rest.stderr);
  // Whether Secrets of others are there it may not see, so the namespace stays; everything of ours is gone.
  t.regex(rest.stderr, /namespace kubectl-win stays: you may not see/);
  t.is(
    await lab.kubectl(['get', 'ds,jobs,pods,secrets,roles,rolebindings', '-n', NAMESPACE, '-o', 'name']),
    '',
  );

  const listed = [
    'apps/daemonsets',
    'batch/jobs',
    'pods',
    'serviceaccounts',
    ...['roles', 'rolebindings'].map(r => `${RBAC}/${r}`),
  ];
  t.deepEqual(
    await allowed(ADMIN, 'default'),
    [
      'get pods',
      ...listed.map(r => `list ${r}`),
      ...['nodes', `${RBAC}/clusterroles`, `${RBAC}/clusterrolebindings`].map(r => `list ${r}`),
    ].toSorted(),
  );
  t.deepEqual(
    (await allowed(ADMIN, 'default', 'default')).filter(
      right => /secrets|exec|escalate|bind|create|patch|delete/.test(right) && !right.startsWith('list '),
    ),
    [],
  );
});

test('kubectl-win-view runs doctor without a gap in rights, and reads no Secret', async t => {
  const rights = await allowed(VIEWER, 'default');
  t.true(
    rights.every(right => /^(?:get|list) /.test(right)),
    rights.join(', '),
  );
  t.false(
    rights.some(right => /secrets|exec|portforward|attach|proxy|token/.test(right)),
    rights.join(', '),
  );
  const run = await onLab(lab, 'doctor', '--as', VIEWER, '-o', 'json', '--fail-on', 'never');
  t.is(run.code, 0, run.stderr);
  const {unknown} = JSON.parse(run.stdout) as {unknown: {reason: string; detail: string}[]};
  t.deepEqual(
    unknown.filter(gap => gap.reason === 'denied'),
    [],
  );
});
