import ava from 'ava';
import {parseAllDocuments} from 'yaml';
import {startLab, type TestLab} from '../lab.ts';
import type {LabObject} from '../parts/api.ts';
import {difference, dump} from './cluster-dump.ts';
import {allWell, eventually, install, onLab, podOn, uninstall} from './installed.ts';

// One control plane for all.
const test = ava.serial;
let lab: TestLab;

test.before(async () => {
  lab = await startLab({agents: true});
});
test.after.always(async () => lab?.stop());

const NAMESPACE = 'kubectl-win';

test('install creates what it says, uninstall leaves nothing of it in the whole cluster', async t => {
  const before = await dump(lab);
  await install(t, lab);
  const created = difference(before, await dump(lab)).filter(line => line.endsWith(' is new'));
  const own = created.filter(line => !/\/(?:pods|controllerrevisions)\//.test(line));
  t.deepEqual(own.toSorted(), [
    '/configmaps/kubectl-win/kube-root-ca.crt is new',
    '/namespaces//kubectl-win is new',
    '/resourcequotas/kubectl-win/kubectl-win-agent-critical-pods is new',
    '/secrets/kubectl-win/kubectl-win-agent-key is new',
    '/serviceaccounts/kubectl-win/default is new',
    'apps/daemonsets/kubectl-win/kubectl-win-agent-linux is new',
    'apps/daemonsets/kubectl-win/kubectl-win-agent-windows is new',
    'rbac.authorization.k8s.io/roles/kubectl-win/kubectl-win-agent-exec is new',
    'rbac.authorization.k8s.io/roles/kubectl-win/kubectl-win-agent-use is new',
  ]);
  await uninstall(t, lab);
  t.deepEqual(difference(before, await dump(lab)), []);
});

test('--dry-run changes nothing and shows everything', async t => {
  const before = await dump(lab);
  const run = await onLab(lab, 'agent', 'install', '--dry-run', '--ttl', '1h');
  t.is(run.code, 0, run.stderr);
  t.regex(run.stderr, /create daemonset\.apps\/kubectl-win-agent-windows/);
  t.regex(run.stderr, /removes itself after 3600 s/);
  t.deepEqual(difference(before, await dump(lab)), []);
});

test('where nobody can be asked, nothing is changed without --yes', async t => {
  const run = await onLab(lab, 'agent', 'install');
  t.is(run.code, 2);
  t.regex(run.stderr, /nobody can be asked/);
  t.false((await lab.kubectl(['get', 'namespaces', '-o', 'name'])).includes(NAMESPACE));
});

test('the server takes every manifest as it is printed, and Pod Security has no objection', async t => {
  await lab.kubectl(['create', 'namespace', NAMESPACE]);
  await lab.kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=privileged']);
  try {
    for (const flags of [
      ['--linux'],
      ['--node', 'win-1,win-2'],
      ['--toleration', 'os=windows:NoSchedule'],
      ['--roles'],
    ]) {
      const {stdout, code} = await onLab(lab, 'agent', 'manifest', ...flags);
      t.is(code, 0);
      for (const document of parseAllDocuments(stdout)) {
        // An object with a head, or the server refuses it.
        const object = document.toJS() as LabObject;
        const query = 'fieldManager=test&dryRun=All&fieldValidation=Strict&force=true';
        const path = `${await lab.api.path(object)}?${query}`;
        t.truthy(await lab.api.send('PATCH', path, object, 'application/apply-patch+yaml'));
      }
    }
  } finally {
    await lab.kubectl(['delete', 'namespace', NAMESPACE, '--wait']);
  }
});

test('what somebody else made under one of the names is not touched', async t => {
  await lab.kubectl(['create', 'namespace', NAMESPACE]);
  try {
    const run = await onLab(lab, 'agent', 'install', '--yes');
    t.is(run.code, 3);
    t.regex(run.stderr, /namespace\/kubectl-win is there already, and it is not kubectl win's/);
    t.is((await onLab(lab, 'agent', 'uninstall', '--yes')).code, 0);
    t.regex(await lab.kubectl(['get', 'namespaces', '-o', 'name']), /kubectl-win/);
  } finally {
    await lab.kubectl(['delete', 'namespace', NAMESPACE, '--wait']);
  }
});

test('uninstall leaves objects of others and their namespace alone, and says so', async t => {
  await install(t, lab);
  await lab.kubectl(['create', 'secret', 'generic', 'registry', '-n', NAMESPACE, '--from-literal=a=b']);
  const run = await onLab(lab, 'agent', 'uninstall', '--yes', '--timeout', '60s');
  t.is(run.code, 0, run.stderr);
  t.regex(run.stderr, /namespace kubectl-win stays: it holds what is not kubectl win's: secrets\/registry/);
  t.regex(await lab.kubectl(['get', 'all,secrets', '-n', NAMESPACE, '-o', 'name']), /^secret\/registry\n$/);
  await lab.kubectl(['delete', 'secret', 'registry', '-n', NAMESPACE]);
  await uninstall(t, lab);
});

test('--node installs on these nodes alone', async t => {
  const run = await onLab(lab, 'agent', 'install', '--yes', '--node', 'win-2', '--timeout', '60s');
  t.is(run.code, 0, run.stderr);
  const nodes = await lab.kubectl([
    'get',
    'pods',
    '-n',
    NAMESPACE,
    '-o',
    'jsonpath={.items[*].spec.nodeName}',
  ]);
  t.is(nodes, 'win-2');
  await uninstall(t, lab);
});

test('a second install changes what is there, keeps the key, and ends an earlier --ttl', async t => {
  const before = await dump(lab);
  await install(t, lab, '--ttl', '1h');
  const key = () =>
    lab.kubectl(['get', 'secret', 'kubectl-win-agent-key', '-n', NAMESPACE, '-o', 'jsonpath={.data.key}']);
  const first = await key();
  await install(t, lab, '--max-unavailable', '3');
  t.is(await key(), first);
  t.is(await lab.kubectl(['get', 'jobs', '-n', NAMESPACE, '-o', 'name']), '');
  const share = ['get', 'ds', 'kubectl-win-agent-windows', '-n', NAMESPACE];
  t.is(
    await lab.kubectl([...share, '-o', 'jsonpath={.spec.updateStrategy.rollingUpdate.maxUnavailable}']),
    '3',
  );
  t.is(await lab.kubectl([...share, '-o', 'jsonpath={.metadata.ownerReferences}']), '');
  await uninstall(t, lab);
  t.deepEqual(difference(before, await dump(lab)), []);
});

test('--ttl removes everything by itself, the namespace and its own rights too', async t => {
  const before = await dump(lab);
  await install(t, lab, '--ttl', '5s');
  await eventually(t, 'the namespace is still there', async () => {
    const spaces = await lab.kubectl(['get', 'namespaces,clusterroles,clusterrolebindings', '-o', 'name']);
    return !spaces.includes('kubectl-win');
  });
  t.deepEqual(difference(before, await dump(lab)), []);
});

test('where the pod of --ttl never runs, the Job alone takes the agents and the key away', async t => {
  await install(t, lab, '--ttl', '1h');
  // As its deadline would: a finished Job is removed at once, and what it owns goes with it.
  await lab.kubectl(['delete', 'job', 'kubectl-win-agent-expiry', '-n', NAMESPACE, '--cascade=background']);
  await eventually(t, 'something of use is still there', async () => {
    const rest = await lab.kubectl([
      'get',
      'ds,pods,secrets,roles,rolebindings',
      '-n',
      NAMESPACE,
      '-o',
      'name',
    ]);
    return rest === '';
  });
  await uninstall(t, lab);
});

test('doctor --agent once runs an agent for one node and leaves nothing', async t => {
  const before = await dump(lab);
  const run = await onLab(
    lab,
    'doctor',
    '--agent',
    'once',
    '--node',
    'win-1',
    '-o',
    'json',
    '--fail-on',
    'never',
  );
  t.is(run.code, 0, run.stderr);
  t.is((JSON.parse(run.stdout) as {kind: string}).kind, 'DoctorReport');
  await eventually(t, 'the namespace is still there', async () => {
    return !(await lab.kubectl(['get', 'namespaces', '-o', 'name'])).includes(NAMESPACE);
  });
  t.deepEqual(difference(before, await dump(lab)), []);
  const nowhere = await onLab(lab, 'doctor', '--agent', 'once');
  t.is(nowhere.code, 2);
  t.regex(nowhere.stderr, /wants to be told the nodes/);
});

test('an agent whose image cannot be pulled is named with the reason', async t => {
  await install(t, lab);
  await allWell(t, lab);
  const pod = await podOn(lab, 'win-1');
  const waiting = {reason: 'ImagePullBackOff', message: 'Back-off pulling image "x": 401 Unauthorized'};
  await lab.api.patch(
    {apiVersion: 'v1', kind: 'Pod', metadata: {name: pod, namespace: NAMESPACE}},
    {
      status: {
        phase: 'Pending',
        containerStatuses: [
          {name: 'agent', image: 'x', imageID: '', ready: false, restartCount: 0, state: {waiting}},
        ],
      },
    },
    'status',
  );
  const run = await onLab(lab, 'agent', 'status');
  t.is(run.code, 1);
  t.regex(
    run.stdout,
    /win-1 .*not well.*its image cannot be pulled \(ImagePullBackOff\): .*401 Unauthorized/,
  );
  t.regex(run.stdout, /2 of 3 agents well/);
  await uninstall(t, lab);
});
