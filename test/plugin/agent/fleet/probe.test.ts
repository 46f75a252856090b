import {once} from 'node:events';
import {connect} from 'node:net';
import {Duplex} from 'node:stream';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {probeFleet} from '../../../../plugin/agent/fleet/probe.ts';
import type {FoundPod} from '../../../../plugin/agent/fleet/pods.ts';
import type {AgentTransport} from '../../../../plugin/agent/transport/transport.ts';
import {planProbes} from '../../../../src/probes/plan.ts';
import type {ProbeLine} from '../../../../src/protocol/probes/lines.ts';
import {PROBE_KINDS} from '../../../../src/protocol/probes/orders.ts';
import {startAgent} from '../../../helpers/agent/in-process.ts';
import {fleetOf} from '../../../helpers/fleet.ts';

const KEY = new Uint8Array(32).fill(7);
const HOURS = 3_600_000;
/** No agent of a test listens for another one: paths are left out. */
const planned = planProbes(fleetOf(6));
const plan = {...planned, probes: planned.probes.filter(p => p.protocol !== 'path-mtu')};

interface Behaviour {
  /** Milliseconds by which its clock is ahead. */
  ahead?: number;
  /** Lines after which it is gone. */
  dies?: number;
}

/** A real agent's server, whose probes all work at once. */
async function agentOn(t: ExecutionContext, node: string, {ahead = 0, dies}: Behaviour): Promise<number> {
  const clock = (): number => Date.now() + ahead;
  const {port, server} = await startAgent(t, {
    node,
    clock,
    keys: () => ({keys: [KEY]}),
    probes: {
      kinds: PROBE_KINDS,
      async *run({orders}) {
        for (const [i, {id}] of orders.entries()) {
          if (i === dies) {
            // What was written before is on its way.
            await new Promise(resolve => setTimeout(resolve, 50));
            server.closeAllConnections();
            return;
          }
          const at = new Date(clock()).toISOString();
          yield {id, ok: true, way: 'host', tries: [{ms: 1}], at} satisfies ProbeLine;
        }
      },
    },
  });
  return port;
}

async function tried(t: ExecutionContext, behaviours: Readonly<Record<string, Behaviour | undefined>>) {
  const ports = new Map<string, number>();
  const agents = new Map<string, FoundPod>();
  for (const [node, behaviour] of Object.entries(behaviours)) {
    if (behaviour) ports.set(node, await agentOn(t, node, behaviour));
    const os = node.startsWith('win') ? ('windows' as const) : ('linux' as const);
    agents.set(node, {namespace: 'kubectl-win', name: `agent-${node}`, node, os, version: '0.1.0'});
  }
  const transport: AgentTransport = {
    name: 'port-forward',
    async open({node}) {
      const port = ports.get(node);
      if (port === undefined) throw new Error('the pod is gone');
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      // What a transport gives is no socket.
      return Duplex.from({readable: socket, writable: socket});
    },
  };
  const {signal} = new AbortController();
  return await probeFleet({plan, agents, transports: [transport], keyOf: async () => KEY, signal});
}

const from = (node: string) => plan.probes.filter(p => p.from.node === node).length;

test('of an agent that vanishes in the middle what came is kept, and every loss is named, by its node and why', async t => {
  const {results, losses} = await tried(t, {
    'win-0': {},
    'linux-1': {dies: 3},
    'win-2': {dies: 0},
    'linux-3': undefined,
  });
  const lost = Map.groupBy(losses, l => l.node);
  const byProbe = new Map(plan.probes.map(p => [p.id, p.from.node]));
  const of = (node: string) => results.filter(r => byProbe.get(r.probe) === node).length;
  t.is(of('win-0'), from('win-0'));
  t.is(of('linux-1'), 3);
  t.deepEqual([...lost.keys()].sort(), ['linux-1', 'linux-3', 'linux-5', 'win-2', 'win-4']);
  for (const [node, own] of lost) {
    t.is(own.reduce((sum, l) => sum + l.probes, 0) + of(node), from(node), node);
    t.true(
      own.every(l => l.detail.startsWith(`${node}: `)),
      node,
    );
  }
  t.regex(lost.get('linux-3')?.[0]?.detail ?? '', /the pod is gone/);
  t.regex(lost.get('win-4')?.[0]?.detail ?? '', /no agent runs there/);
  t.is(results.length + losses.reduce((sum, l) => sum + l.probes, 0), plan.probes.length);
});

test('agents whose clocks are hours apart answer all the same, each by its own time', async t => {
  const {results, losses} = await tried(t, {'win-0': {ahead: 5 * HOURS}, 'linux-1': {ahead: -26 * HOURS}});
  t.false(
    losses.some(l => l.node === 'win-0' || l.node === 'linux-1'),
    JSON.stringify(losses),
  );
  t.is(results.length, from('win-0') + from('linux-1'));
  const times = results.map(r => Date.parse(r.at));
  t.true(Math.max(...times) - Math.min(...times) > 30 * HOURS);
});
