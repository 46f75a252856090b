import {OS_LABEL, VERSION_LABEL} from '../../../src/agent-manifests/labels.ts';
import {pod as podShape} from '../../../src/kube/shapes/pod.ts';
import {fields, list, text} from '../../../src/kube/shape.ts';
import type {Pod} from '../../../src/kube/types.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import {AGENT_NAMESPACE, AGENT_PROGRAM} from '../../../src/protocol/names.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {parseAnswer} from '../../kube/list.ts';
import {AgentError} from '../client/agent-error.ts';
import type {AgentPod} from '../transport/transport.ts';
import {podTrouble} from './trouble.ts';

/** An agent's pod as the API server knows it. */
export interface FoundPod extends AgentPod {
  /** Version that its label says. */
  version: string;
  /** Why it cannot be asked, in words; absent where it runs. */
  trouble?: string;
  startedAt?: string;
}

/** Pods of a page: as many as `kubectl get` asks for. */
const PAGE = 500;

const pageShape = fields<{metadata?: {continue?: string}; items: Pod[]}>(
  {metadata: fields<{continue?: string}>({continue: text}), items: list(podShape)},
  {items: []},
);

/** What the list of pods says: by node, and the API server's clock. */
export interface FoundPods {
  byNode: Map<string, FoundPod>;
  /** `Date` of the answer, and `performance.now()` when it came. */
  serverTime?: {date: string; at: number};
}

/** Finds the agents by the labels of their DaemonSets' pods. Throws an `AgentError` where they may not be listed. */
export async function findAgents(reader: ApiReader, signal: AbortSignal): Promise<FoundPods> {
  const found: FoundPods = {byNode: new Map()};
  const query = new URLSearchParams({
    labelSelector: `app.kubernetes.io/name=${AGENT_PROGRAM},${OS_LABEL}`,
    limit: String(PAGE),
  });
  for (;;) {
    const path = `/api/v1/namespaces/${AGENT_NAMESPACE}/pods?${query.toString()}`;
    const {text: body, date} = await ask(reader, path, signal);
    if (date !== undefined) found.serverTime = {date, at: performance.now()};
    const page = pageShape(parseAnswer(body, path), '', undefined);
    for (const pod of page?.items ?? []) note(found.byNode, pod);
    const next = page?.metadata?.continue;
    if (!next) return found;
    query.set('continue', next);
  }
}

async function ask(
  reader: ApiReader,
  path: string,
  signal: AbortSignal,
): Promise<{text: string; date: string | undefined}> {
  try {
    return await reader.get(path, {signal, first: true});
  } catch (error) {
    if (!(error instanceof ApiStatusError)) throw error;
    const reason = error.status === 403 ? 'denied' : 'failed';
    throw new AgentError(reason, `the agents' pods cannot be listed: ${error.message}`, error);
  }
}

/** During an update a node may have two pods for a moment: the one that runs counts. */
function note(byNode: Map<string, FoundPod>, pod: Pod): void {
  const {name, labels = {}} = pod.metadata;
  const node = pod.spec.nodeName ?? targetOf(pod);
  if (node === undefined) return;
  const os: AgentOs = labels[OS_LABEL] === 'linux' ? 'linux' : 'windows';
  const trouble = podTrouble(pod);
  const known = byNode.get(node);
  if (known && known.trouble === undefined) return;
  byNode.set(node, {
    namespace: AGENT_NAMESPACE,
    name,
    node,
    os,
    version: labels[VERSION_LABEL] ?? '',
    ...(trouble !== undefined && {trouble}),
    ...(pod.status.startTime !== undefined && {startedAt: pod.status.startTime}),
  });
}

/** The node that a pod of a DaemonSet is for, before it is bound there. */
function targetOf({spec}: Pod): string | undefined {
  const terms =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const names = terms?.flatMap(term => term.matchFields ?? []).filter(f => f.key === 'metadata.name');
  return names?.[0]?.values?.[0];
}
