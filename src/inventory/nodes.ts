import type {Check, Severity} from '../checks/define.ts';
import type {Judgement} from '../checks/engine.ts';
import {judge} from '../checks/engine.ts';
import {CHECKS} from '../checks/index.ts';
import {parseRuntime} from '../data/containerd.ts';
import {poolOf} from '../kube/provider.ts';
import type {Node} from '../kube/types.ts';
import {valueOn} from '../node/on-node.ts';
import {duration, millis} from '../snapshot/time.ts';
import type {EvidenceKey, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Listing} from './list.ts';
import {windowsNodesOf} from './list.ts';

/** A Windows node. What could not be seen is null. */
export interface NodeItem {
  name: string;
  ready: boolean | null;
  product: string;
  /** `20348.5499` */
  build: string | null;
  kubelet: string | null;
  runtime: string | null;
  /** Version of HNS: `13.3`. */
  hns: string | null;
  pods: number | null;
  pool: string | null;
  /** `port-forward` or `exec` where its agent answered. */
  agent: {reached: boolean; version: string | null; transport: string | null} | null;
  /** RFC 3339. */
  bootTime: string | null;
  uptimeSeconds: number | null;
  /** Checks of the node itself that found an error or a warning. */
  problems: {id: string; severity: Severity}[];
}

/** Checks whose findings are about nodes. */
const AREAS: ReadonlySet<string> = new Set(['NOD', 'CRI', 'HNS', 'AGT']);
/** The checks whose findings the list shows. */
export const NODE_CHECKS: readonly Check[] = CHECKS.filter(
  c => AREAS.has(c.area) && c.evidence.some(kind => kind === 'A' || kind === 'N'),
);

const OWN: readonly EvidenceKey[] = ['nodes', 'pods', 'node.agent', 'node.system', 'node.hns'];

/** Lists the Windows nodes. */
export const NODE_LISTING: Listing<NodeItem> = {
  kind: 'NodeList',
  keys: OWN,
  items: snapshot => nodeItems(snapshot, judge(snapshot, NODE_CHECKS)),
  columns: [
    {title: 'NAME', cell: n => n.name},
    {title: 'READY', cell: n => (n.ready === null ? '' : n.ready ? 'yes' : 'no')},
    {
      title: 'OS',
      cell: n => n.product.replace(/^(?:Microsoft )?Windows Server /, '').replace(/ Datacenter$/, ''),
    },
    {title: 'BUILD', cell: n => n.build ?? ''},
    {title: 'KUBELET', cell: n => n.kubelet ?? ''},
    {title: 'CONTAINERD', cell: n => n.runtime ?? ''},
    {title: 'HNS', wide: true, cell: n => n.hns ?? ''},
    {title: 'PODS', cell: n => (n.pods === null ? '' : String(n.pods))},
    {title: 'POOL', wide: true, cell: n => n.pool ?? ''},
    {title: 'AGENT', cell: agentCell},
    {title: 'UPTIME', cell: n => (n.uptimeSeconds === null ? '' : duration(n.uptimeSeconds * 1000))},
    {title: 'PRODUCT', wide: true, cell: n => n.product},
    {title: 'PROBLEMS', cell: n => n.problems.map(p => p.id).join(',') || 'none'},
  ],
};

/** The Windows nodes, with what the checks of nodes said. */
export function nodeItems(snapshot: Snapshot, judgement: Judgement): NodeItem[] {
  const problems = problemsOf(judgement);
  const pods = podsByNode(snapshot);
  return windowsNodesOf(snapshot).map(node => itemOf(node, {snapshot, problems, pods}));
}

/** Evidence to read for the list, that of the checks whose findings it shows included. */
export function nodeListKeys(): Set<EvidenceKey> {
  return new Set([...OWN, ...NODE_CHECKS.flatMap(c => [...c.needs, ...c.wants, ...c.passNeeds])]);
}

function agentCell({agent}: NodeItem): string {
  if (!agent) return '';
  return agent.reached ? (agent.version ?? 'yes') : 'unreachable';
}

interface Context {
  snapshot: Snapshot;
  problems: ReadonlyMap<string, NodeItem['problems']>;
  pods: ReadonlyMap<string, number> | undefined;
}

function itemOf(node: Node, {snapshot, problems, pods}: Context): NodeItem {
  const {name} = node.metadata;
  const {nodeInfo, conditions = []} = node.status;
  const ready = conditions.find(c => c.type === 'Ready');
  const system = valueOn(evidenceOf(snapshot, 'node.system'), name);
  const hns = valueOn(evidenceOf(snapshot, 'node.hns'), name)?.version;
  const agent = valueOn(evidenceOf(snapshot, 'node.agent'), name);
  const boot = millis(system?.bootTime);
  const now = millis(snapshot.now);
  const pool = poolOf(node);
  return {
    name,
    ready: ready ? ready.status === 'True' : null,
    product: system?.productName ?? nodeInfo?.osImage ?? '',
    build: buildOf(node, system?.build, system?.ubr),
    kubelet: nodeInfo?.kubeletVersion ?? null,
    runtime: runtimeOf(nodeInfo?.containerRuntimeVersion),
    hns: hns ? `${hns.major}.${hns.minor}` : null,
    pods: pods ? (pods.get(name) ?? 0) : null,
    pool: pool?.name ?? null,
    agent: agent
      ? {reached: agent.reached, version: agent.version ?? null, transport: agent.transport ?? null}
      : null,
    bootTime: system?.bootTime ?? null,
    uptimeSeconds:
      boot === undefined || now === undefined ? null : Math.max(0, Math.round((now - boot) / 1000)),
    problems: problems.get(name) ?? [],
  };
}

function buildOf(node: Node, build: number | undefined, revision: number | undefined): string | null {
  if (build !== undefined) return revision === undefined ? String(build) : `${build}.${revision}`;
  const parts = node.status.nodeInfo?.kernelVersion?.split('.').slice(2) ?? [];
  return parts.length > 0 ? parts.join('.') : null;
}

function runtimeOf(text: string | undefined): string | null {
  if (!text) return null;
  return parseRuntime(text)?.name === 'containerd' ? text.replace(/^containerd:\/\//, '') : text;
}

function podsByNode(snapshot: Snapshot): Map<string, number> | undefined {
  const pods = evidenceOf(snapshot, 'pods');
  if (!pods.ok) return undefined;
  const counts = new Map<string, number>();
  for (const {nodeName} of pods.value) {
    if (nodeName !== undefined) counts.set(nodeName, (counts.get(nodeName) ?? 0) + 1);
  }
  return counts;
}

function problemsOf({fails: said}: Judgement): Map<string, NodeItem['problems']> {
  const problems = new Map<string, NodeItem['problems']>();
  for (const {check, fails} of said) {
    for (const fail of fails) {
      const severity = fail.severity ?? check.severity;
      if (severity === 'info' || fail.state === 'suspected' || fail.node === undefined) continue;
      const known = problems.get(fail.node) ?? [];
      if (!known.some(p => p.id === check.id)) known.push({id: check.id, severity});
      problems.set(fail.node, known);
    }
  }
  return problems;
}
