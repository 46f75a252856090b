import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import ava from 'ava';
import {pickFrom} from '../../helpers/pick.ts';
import {allWell, install} from '../agent/installed.ts';
import {startNetLab, type TestLab} from '../lab.ts';
import {cgroupRoots} from '../linux-node/cgroups.ts';
import {REAL_NODE, cgroupOf} from '../linux-node/config.ts';
import {Breaker, eventually} from './breaker.ts';
import {REAL_NODE_FAULTS} from './real-faults.ts';
import {DNS_FAULTS, LINK_FAULTS, SERVICE_FAULTS} from './faults.ts';
import {check, findsFault, net, wrongIn} from './seen.ts';
import {NET_SIZE, topologyOf} from './topology.ts';

// One lab for all.
const test = ava.serial;
const isFull = process.env['KUBECTL_WIN_FULL'] === '1';
const HEALTHY_RUNS = Number(process.env['KUBECTL_WIN_HEALTHY_RUNS'] ?? (isFull ? 50 : 2));
const topology = topologyOf(NET_SIZE);
let lab: TestLab;

test.before(async t => {
  t.timeout(900_000);
  lab = await startNetLab();
  await install(t, lab);
  await allWell(t, lab);
});
test.after.always(async () => lab?.stop());

test(`networks that are well: ${HEALTHY_RUNS} checks say so, from inside the networks of pods`, async t => {
  t.timeout(HEALTHY_RUNS * 60_000);
  for (let run = 0; run < HEALTHY_RUNS; run++) {
    const checked = await check(lab);
    t.deepEqual(wrongIn(checked), [], checked.verdict);
    t.is(checked.code, 0);
    t.deepEqual(
      checked.items
        .filter(i => !i.result?.ok && !i.byDesign)
        .map(i => `${i.id}: ${i.result?.error ?? 'not tried'}`),
      [],
    );
    t.true(checked.items.some(i => i.from.pod && i.result?.way === 'netns'));
    // Between the pods of a real kubelet, which the agent's own container there has entered, and those of all others.
    for (const node of topology.nodes.filter(n => !n.isReal)) {
      const there = checked.items.filter(i => i.from.node === REAL_NODE && i.to.node === node.name);
      t.true(
        there.some(i => i.from.pod && i.result?.way === 'netns'),
        node.name,
      );
      const back = checked.items.filter(i => i.from.node === node.name && i.to.node === REAL_NODE);
      t.true(
        back.some(i => i.from.pod && i.result?.way === 'netns'),
        node.name,
      );
    }
    t.regex(checked.verdict, /^Everything that was tried works/);
  }
});

test('plan and matrix read as a stranger would want them', async t => {
  const plan = await net(lab, 'plan');
  t.is(plan.code, 0, plan.stderr);
  t.regex(plan.stdout, /\d+ probes/);
  const matrix = await net(lab, 'matrix');
  t.is(matrix.code, 0, matrix.stderr);
  for (const {name} of topology.nodes) t.true(matrix.stdout.includes(name), matrix.stdout);
  t.regex(matrix.stdout, /Everything that was tried works/);
});

const OTHERS = [...LINK_FAULTS, ...SERVICE_FAULTS, ...DNS_FAULTS];
const TRIED = isFull
  ? [...OTHERS, ...REAL_NODE_FAULTS]
  : [...pickFrom(OTHERS, 1), ...pickFrom(REAL_NODE_FAULTS, 1)];

for (const fault of TRIED) {
  test(`${fault.expect.id}: ${fault.title}`, async t => {
    t.timeout(180_000);
    await findsFault(t, {lab, topology}, fault);
  });
}

test('nothing is left of the faults', async t => {
  t.deepEqual(wrongIn(await check(lab)), []);
});

test('what a NetworkPolicy forbids is expected, and no fault', async t => {
  t.timeout(180_000);
  const breaker = new Breaker(lab, topology);
  try {
    for (const pod of [...topology.pods, ...topology.realPods].filter(p => p.app === 'api'))
      for (const program of ['iptables', 'ip6tables'] as const)
        breaker.rule(
          pod.name,
          'INPUT',
          ['-i', 'eth0', '-p', 'tcp', '--dport', '8080', '-j', 'DROP'],
          program,
        );
    await breaker.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {namespace: 'shop', name: 'nobody-calls-api'},
      spec: {podSelector: {matchLabels: {app: 'api'}}, policyTypes: ['Ingress']},
    });
    const checked = await check(lab);
    t.deepEqual(wrongIn(checked), [], checked.verdict);
    t.is(checked.code, 0);
    t.true(
      checked.checklist.some(step => step.expected > 0),
      'connections failed as expected',
    );
  } finally {
    await breaker.mend();
  }
});

test('a pod that dies while it is probed costs its own connections, and each probe has a result', async t => {
  t.timeout(180_000);
  const breaker = new Breaker(lab, topology);
  // Answers take long enough that pods are gone before all are in.
  breaker.rule('win-0', 'FORWARD', ['-p', 'tcp', '--syn', '-j', 'DROP']);
  try {
    const running = check(lab, '--node', 'win-0');
    await eventually('no probe is under way', async () => isProbed('web-win-0') || isProbed('api-win-0'));
    for (const pod of topology.pods.filter(p => p.node.name === 'win-0')) await breaker.endPod(pod);
    const checked = await running;
    t.true(checked.items.length > 0);
    t.deepEqual(
      checked.items.filter(i => i.result === null).map(i => i.id),
      [],
    );
    t.true(
      checked.items.some(i => i.from.pod && i.result?.error === 'gone'),
      checked.verdict,
    );
    t.true(checked.items.some(i => i.result?.ok === true));
  } finally {
    await breaker.mend();
  }

  function isProbed(pod: string): boolean {
    return breaker.inside(pod, 'ss', '-tn', 'state', 'syn-sent').includes(':8080');
  }
});

test('an agent that vanishes in the middle of a plan is named, and what the others found is kept', async t => {
  t.timeout(180_000);
  const breaker = new Breaker(lab, topology);
  breaker.rule(REAL_NODE, 'FORWARD', ['-p', 'tcp', '--syn', '-j', 'DROP']);
  const [pid] = breaker.processes(REAL_NODE, '/kubectl-win-agent serve');
  if (pid === undefined) throw new Error(`no agent runs on ${REAL_NODE}`);
  try {
    const running = check(lab);
    await eventually('no probe is under way', async () => childrenOf(pid).length > 0);
    process.kill(pid, 'SIGKILL');
    const checked = await running;
    t.deepEqual(
      checked.unknown.filter(u => !u.detail.includes(REAL_NODE)).map(u => u.detail),
      [],
    );
    const lost = checked.items.filter(i => i.result === null);
    t.true(lost.some(i => i.from.node === REAL_NODE));
    // A path is measured by the agents of both its ends.
    t.deepEqual(
      lost
        .filter(i => i.from.node !== REAL_NODE && !(i.leg === 'path-mtu' && i.to.node === REAL_NODE))
        .map(i => i.id),
      [],
    );
  } finally {
    await breaker.mend();
    // Its kubelet starts it again.
    await allWell(t, lab);
  }
});

test('when it is over no namespace, device, mount or process is left', async t => {
  const {root} = lab;
  await lab.stop();
  t.false(existsSync(root));
  t.deepEqual(processesOf(root), []);
  t.false(readFileSync('/proc/mounts', 'utf8').includes(root));
  t.false(readFileSync('/proc/net/dev', 'utf8').includes('flannel.4096'));
  // Whatever ran in containers would hold its group.
  t.deepEqual(
    cgroupRoots().filter(each => existsSync(join(each, cgroupOf(lab)))),
    [],
  );
});

/** Processes whose parent is this one. */
function childrenOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
}

/** Processes that have to do with a lab. */
function processesOf(root: string): string[] {
  return readdirSync('/proc').filter(pid => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${root}/`);
    } catch {
      return false;
    }
  });
}
