import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {AgentKinds} from '../agents/agent-pods.ts';
import {endWindowsNodes} from '../agents/windows-node.ts';
import {loadObjects} from '../scene/load.ts';
import {LARGE, largeScene, type LargeOptions} from '../scene/large.ts';
import {NET_FLAGS} from '../net/flags.ts';
import {wayToKubelet} from '../net/agents.ts';
import {netScene} from '../net/objects.ts';
import {startNet} from '../net/start.ts';
import {topologyOf, type NetSize} from '../net/topology.ts';
import {readScene} from '../scene/read.ts';
import {settled} from '../scene/settle.ts';
import {startNodeOnMachine} from '../linux-node/node.ts';
import {stopLinuxNode} from '../linux-node/stop.ts';
import {requirePackages} from '../linux-node/packages.ts';
import {Api, type LabObject} from './api.ts';
import {buildForTest, buildLab} from './build.ts';
import {startControlPlane} from './control-plane.ts';
import {LabError} from './failure.ts';
import {LabDir, labDir, runDir} from './places.ts';
import {claimPorts, releasePorts, type Ports} from './ports.ts';
import {endPart, partsOf, startPart} from './process.ts';
import {tokenOf} from './users.ts';

/** Ten thousand pods take two cores minutes. */
const LARGE_PATIENCE_MS = 1_800_000;

/** What is kept of a running lab in its directory. */
export interface LabFacts {
  name: string;
  scene: string;
  server: string;
  slot: number;
  ports: Ports;
  kubectl: string;
}

/** Small, so that tests of logs see rotations. */
const LOG_SIZE = '1Mi';

/** How a lab is started. */
export interface UpOptions {
  name: string;
  scene: string;
  /** Size of the scene `large`. */
  large?: LargeOptions;
  /** Whether a real kubelet with containerd joins (needs root). */
  linuxNode?: boolean;
  /** How large a container's log gets there before it is rotated. */
  logSize?: string;
  /** Whether pods of the agent's namespace are real agent processes (see test/lab/agents). */
  agents?: boolean;
  /** Whether those of Windows nodes are the packaged program under Wine. */
  wine?: boolean;
  /** Whether these find the pods of their node in compartments, from which they get out through its host, in a network lab. */
  compartments?: boolean;
  /** Instead of a process for each pod, so many processes for all of them, with made-up collectors; some may be sick. */
  crowd?: {processes: number; faults: boolean};
  /** Whether nodes and pods have real networks (see test/lab/net); instead of a scene. `owner`: the process whose end is the lab's. */
  net?: NetSize & {owner?: number};
  /** More flags for a part of the control plane, by its name. */
  flags?: ReadonlyMap<string, readonly string[]>;
  say: (line: string) => void;
}

/** Builds what is missing, starts the control plane and loads the scene. On failure nothing is left running. */
export async function up({
  name,
  scene,
  large,
  linuxNode,
  logSize = LOG_SIZE,
  agents = false,
  wine = false,
  compartments = false,
  crowd,
  net,
  flags,
  say,
}: UpOptions): Promise<LabFacts> {
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(name)) {
    throw new LabError(`"${name}" is no name for a lab: use up to 31 of a-z, 0-9 and -`);
  }
  const topology = net && topologyOf(net);
  const batches: Iterable<LabObject[]> = topology
    ? netScene(topology)
    : scene === 'large'
      ? largeScene(large ?? LARGE)
      : readScene(scene);
  const realNode = topology?.nodes.find(n => n.isReal);
  if (linuxNode || realNode) requirePackages(say);
  const binaries = await buildLab(say);
  const coredns = topology ? await buildForTest('coredns', say) : '';
  const lab = new LabDir(name);
  mkdirSync(runDir, {recursive: true, mode: 0o700});
  claimDirectory(lab);
  const {slot, ports} = await claimPorts(lab);
  const facts: LabFacts = {
    name,
    scene,
    server: `https://127.0.0.1:${ports.apiServer}`,
    slot,
    ports,
    kubectl: binaries.get('kubectl') ?? 'kubectl',
  };
  writeFileSync(lab.facts, JSON.stringify(facts, null, 2));
  try {
    const api = await startControlPlane(lab, {
      binaries,
      ports,
      flags: topology ? NET_FLAGS : (flags ?? new Map()),
      agents,
      realNode: realNode && {address: realNode.ip, way: wayToKubelet(lab, realNode)},
    });
    try {
      await loadObjects(api, batches);
      if (topology) await startNet(lab, api, {topology, binaries, coredns, apiPort: ports.apiServer, ...net});
      if (agents) startAgents(lab, {crowd, kinds: {wine, net: topology !== undefined, compartments}});
      if (linuxNode) await startNodeOnMachine(lab, api, {binaries, ports, slot, logSize});
      await settled(api, scene === 'large' ? LARGE_PATIENCE_MS : undefined);
    } finally {
      api.close();
    }
    return facts;
  } catch (error) {
    await stopKeepingLogs(lab, slot);
    throw error;
  }
}

/** Starts what runs agents, one process for each pod or a crowd. */
function startAgents(lab: LabDir, {crowd, kinds}: {crowd: UpOptions['crowd']; kinds: AgentKinds}): void {
  const file = process.execPath;
  if (!crowd) {
    startPart(lab, 'agents', {
      file,
      args: [
        join(labDir, 'agents', 'main.ts'),
        lab.name,
        ...Object.entries(kinds).flatMap(([kind, is]) => (is ? [kind] : [])),
      ],
    });
    return;
  }
  for (let i = 0; i < crowd.processes; i++) {
    const args = [lab.name, String(i), String(crowd.processes), crowd.faults ? 'yes' : 'no'];
    startPart(lab, `crowd-${i}`, {file, args: [join(labDir, 'agents', 'crowd.ts'), ...args]});
  }
}

function claimDirectory(lab: LabDir): void {
  if (existsSync(lab.root) && !partsOf(lab).some(part => part.running)) {
    rmSync(lab.root, {recursive: true, force: true}); // Left by a failure, kept for its logs.
  }
  try {
    mkdirSync(lab.root, {mode: 0o700});
  } catch {
    throw new LabError(`the lab "${lab.name}" already runs: scripts/lab down --name ${lab.name}`);
  }
}

/** Ends what a lab started and removes its directory. Answers whether there was such a lab. */
export async function down(name: string): Promise<boolean> {
  const lab = new LabDir(name);
  if (!existsSync(lab.root)) return false;
  const facts = factsOf(lab);
  await stopKeepingLogs(lab, facts?.slot);
  rmSync(lab.root, {recursive: true, force: true});
  return true;
}

/** What serves first goes last, so that nothing logs its grief at losing the API server. */
const LAST = ['kube-apiserver', 'etcd'];

async function stopKeepingLogs(lab: LabDir, slot: number | undefined): Promise<void> {
  await stopRealNode(lab);
  const parts = partsOf(lab);
  endWindowsNodes(lab.path('pods'));
  await Promise.all(
    parts.filter(({part}) => !LAST.includes(part)).map(({part, id}) => endPart(lab, part, id)),
  );
  for (const last of LAST) {
    for (const {part, id} of parts) if (part === last) await endPart(lab, part, id);
  }
  if (slot !== undefined) releasePorts(slot);
}

async function stopRealNode(lab: LabDir): Promise<void> {
  const facts = factsOf(lab);
  const certificate = lab.path('pki', 'apiserver.crt');
  const alive = partsOf(lab).some(({part, running}) => part === 'kube-apiserver' && running);
  const api = facts && alive ? new Api(facts.server, certificate, tokenOf(lab, 'admin')) : undefined;
  await stopLinuxNode(lab, api);
  api?.close();
}

/** The names of all labs that have a directory, running or not. */
export function labNames(): string[] {
  if (!existsSync(runDir)) return [];
  return readdirSync(runDir).filter(name => !name.startsWith('.'));
}

/** What a lab wrote down when it started, if it did. */
export function factsOf(lab: LabDir): LabFacts | undefined {
  // Written by `up` alone.
  return existsSync(lab.facts) ? (JSON.parse(readFileSync(lab.facts, 'utf8')) as LabFacts) : undefined;
}
