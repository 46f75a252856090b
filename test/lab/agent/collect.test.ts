import {readFileSync, readdirSync} from 'node:fs';
import type {ExecutionContext} from 'ava';
import ava from 'ava';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import type {Contact, FleetOptions, Loss} from '../../../plugin/agent/fleet/collect.ts';
import {collectFleet} from '../../../plugin/agent/fleet/collect.ts';
import {clockOffset} from '../../../plugin/agent/fleet/clock-offset.ts';
import {findAgents} from '../../../plugin/agent/fleet/pods.ts';
import {agentSession} from '../../../plugin/agent/session.ts';
import {loadKubeconfig} from '../../../plugin/kube/kubeconfig.ts';
import type {CollectorLine} from '../../../src/protocol/lines.ts';
import {COLLECTORS} from '../../../src/protocol/collectors.ts';
import {schemaErrors} from '../../helpers/schemas.ts';
import {startLab, type TestLab} from '../lab.ts';
import {allWell, eventually, install, onLab, podOn, processOn} from './installed.ts';

// One control plane for all.
const test = ava.serial;
let lab: TestLab;

test.before(async () => {
  lab = await startLab({agents: true});
});
test.after.always(async () => lab?.stop());

const NODES = ['linux-0', 'win-1', 'win-2'];

/** What came of a collection. */
interface Collected {
  lines: Map<string, CollectorLine[]>;
  contacts: Map<string, Contact>;
  lost: Map<string, Loss>;
  /** Milliseconds that each node's clock is off the API server's. */
  offsets: Map<string, number>;
}

interface How extends Pick<FleetOptions, 'deadlines' | 'keyOf'> {
  ways: ('port-forward' | 'exec')[];
  heard: (node: string, line: CollectorLine) => Promise<void> | void;
}

/** Collects from all nodes by the ways that are named, in their order. */
async function collect({ways = ['port-forward'], heard, ...how}: Partial<How> = {}): Promise<Collected> {
  const session = agentSession(loadKubeconfig({kubeconfig: lab.kubeconfigs.admin}), {allowExec: true});
  const transports = ways.flatMap(name => session.transports.filter(t => t.name === name));
  const collected: Collected = {lines: new Map(), contacts: new Map(), lost: new Map(), offsets: new Map()};
  const {signal} = new AbortController();
  try {
    const found = await findAgents(session.reader, signal);
    await collectFleet({
      keyOf: session.keyOf,
      ...how,
      transports,
      pods: found.byNode.values(),
      request: {},
      signal,
      sink: {
        contact(contact) {
          const {node} = contact.pod;
          collected.contacts.set(node, contact);
          const offset = contact.reached && clockOffset(contact.reached.greeting, found);
          if (offset !== undefined) collected.offsets.set(node, offset);
        },
        async line(node, line) {
          collected.lines.set(node, [...(collected.lines.get(node) ?? []), line]);
          await heard?.(node, line);
        },
        lost: (node, loss) => void collected.lost.set(node, loss),
      },
    });
  } finally {
    await session.close();
  }
  return collected;
}

const NAMES: readonly string[] = COLLECTORS.map(c => c.name);

/** Each collector of the operating system answered for itself: with a file, or with why there is none. */
function isWhole(t: ExecutionContext, {lines, lost}: Collected, node: string): void {
  t.false(lost.has(node), lost.get(node)?.detail);
  t.true((lines.get(node) ?? []).length >= NAMES.length / 2, node);
}

test('a snapshot comes from every node through port-forward', async t => {
  await install(t, lab);
  await allWell(t, lab);
  const collected = await collect();
  for (const name of NODES) {
    isWhole(t, collected, name);
    const contact = collected.contacts.get(name);
    t.is(contact?.reached?.transport, 'port-forward');
    t.deepEqual(contact?.failures, []);
    t.is(contact?.reached?.about?.version.version, '0.1.0');
    // One machine has one clock; a date is cut to whole seconds.
    t.true(Math.abs(collected.offsets.get(name) ?? Infinity) < 5000);
  }
});

test('the same comes through exec, and no `connect` is left running', async t => {
  const collected = await collect({ways: ['exec']});
  for (const name of NODES) {
    isWhole(t, collected, name);
    t.is(collected.contacts.get(name)?.reached?.transport, 'exec');
  }
  await eventually(t, 'a connect is left', async () => connects().length === 0);
});

test('where port-forward fails, exec is tried, and the failure is kept in words', async t => {
  const pid = await processOn(lab, 'win-1');
  process.kill(pid, 'SIGKILL');
  const collected = await collect({ways: ['port-forward', 'exec']});
  isWhole(t, collected, 'win-1');
  const contact = collected.contacts.get('win-1');
  t.is(contact?.reached?.transport, 'exec');
  t.is(contact?.failures[0]?.transport, 'port-forward');
  t.regex(contact?.failures[0]?.detail ?? '', /connection refused|failed to dial|cut/);
  t.is(collected.contacts.get('win-2')?.reached?.transport, 'port-forward');
});

test('without exec, a node whose agent is gone is lost with the reason, the others are whole', async t => {
  const collected = await collect();
  t.is(collected.lost.get('win-1')?.reason, 'failed');
  t.regex(collected.lost.get('win-1')?.detail ?? '', /^port-forward: /);
  isWhole(t, collected, 'win-2');
  await restart(t, 'win-1');
});

test('an agent that hangs costs its own deadline, whatever the moment', async t => {
  const pid = await processOn(lab, 'win-1');
  process.kill(pid, 'SIGSTOP');
  try {
    const collected = await collect({deadlines: {attemptMs: 1500}});
    t.is(collected.lost.get('win-1')?.reason, 'timeout');
    t.regex(collected.lost.get('win-1')?.detail ?? '', /no answer from the agent within 1.5 s/);
    isWhole(t, collected, 'win-2');
    isWhole(t, collected, 'linux-0');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
});

test('an agent that stops in mid-stream is given up, and what it sent is kept', async t => {
  const pid = await processOn(lab, 'win-2');
  let stopped = false;
  try {
    const collected = await collect({
      deadlines: {silenceMs: 2000},
      async heard(node) {
        if (node !== 'win-2' || stopped) return;
        stopped = true;
        process.kill(pid, 'SIGKILL');
      },
    });
    t.true((collected.lines.get('win-2') ?? []).length > 0);
    // All may have been sent already: an answer that is whole is no loss.
    const loss = collected.lost.get('win-2');
    if (loss) t.regex(loss.detail, /cut|sent nothing|ended/);
    isWhole(t, collected, 'win-1');
  } finally {
    await restart(t, 'win-2');
  }
});

test('a client that is killed leaves no `connect` behind', async t => {
  const client = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'hold-exec.ts'),
      lab.kubeconfigs.admin,
    ],
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  await once(client.stdout, 'data');
  t.true(connects().length > 0);
  client.kill('SIGKILL');
  await eventually(t, 'a connect is left', async () => connects().length === 0);
});

test('a key that was rotated is the only one that counts, and status goes on being well', async t => {
  const run = await onLab(lab, 'agent', 'upgrade', '--rotate-key', '--yes', '--timeout', '60s');
  t.is(run.code, 0, run.stderr);
  t.regex(run.stderr, /the key is replaced/);
  const status = await onLab(lab, 'agent', 'status', '-o', 'json');
  t.is(status.code, 0, status.stdout);
  t.deepEqual(schemaErrors('agent-status-list', JSON.parse(status.stdout)), []);
});

test('a wrong key is refused by every agent, in words', async t => {
  const secret = ['secret', 'kubectl-win-agent-key', '-n', 'kubectl-win'];
  const right = await lab.kubectl(['get', ...secret, '-o', 'jsonpath={.data.key}']);
  const {lost} = await collect({keyOf: async () => new Uint8Array(32)});
  t.is(lost.size, 3);
  for (const {reason, detail} of lost.values()) {
    t.is(reason, 'denied');
    t.false(detail.includes(Buffer.from(right, 'base64').toString().trim()));
  }
});

/** The agent's pod is replaced, and with it its process. */
async function restart(t: ExecutionContext, node: string): Promise<void> {
  const name = await podOn(lab, node);
  await lab.kubectl(['delete', 'pod', name, '-n', 'kubectl-win', '--wait']);
  await allWell(t, lab);
}

/** Command lines of `connect` that run for this lab. */
function connects(): string[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        const mine = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(lab.root);
        return words.includes('connect') && mine ? [words.join(' ')] : [];
      } catch {
        return [];
      }
    });
}
