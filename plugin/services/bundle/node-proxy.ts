import {eachOf} from '../../each-of.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import type {Node} from '../../../src/kube/types.ts';
import {nodePath} from '../../../src/node/paths.ts';
import {keyOfFile} from '../../../src/protocol/collectors.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import type {MissingReason} from '../../../src/snapshot/evidence.ts';
import type {Spool} from '../../bundle/spool.ts';
import {ApiStatusError, ConnectionError} from '../../kube/api-error.ts';
import type {ApiStreams} from '../../kube/api-streams.ts';
import {IS_FILE, IS_NONE} from '../node-log-query.ts';

/** Kubelets that are asked at a time; each answers one request after the other. */
const IN_FLIGHT = 8;
/** A kubelet that gives nothing for so long is not waited for. */
const SILENCE_MS = 15_000;
/** Most lines that NodeLogQuery gives (kubernetes `pkg/kubelet/kubelet_server_journal.go`). */
const MAX_TAIL = 100_000;
/** Services whose logs are asked for; NodeLogQuery answers for those that a node has. */
const SERVICES = ['kubelet', 'containerd', 'kube-proxy'] as const;

/** What is read of each kubelet, and where it stands below `host-collectors/<node>/<os>/`. */
export function proxyRequests(wish: {
  tail: number;
  sinceTime?: string | undefined;
}): [path: string, file: string][] {
  const query = new URLSearchParams({tailLines: String(Math.min(wish.tail, MAX_TAIL))});
  if (wish.sinceTime !== undefined) query.set('sinceTime', wish.sinceTime);
  return [
    ['healthz', 'kubelet/healthz.txt'],
    ['configz', 'kubelet/configz.json'],
    ['stats/summary', 'kubelet/stats-summary.json'],
    ['pods', 'kubelet/pods.json'],
    ...SERVICES.map((service): [string, string] => [
      `logs/?query=${service}&${query.toString()}`,
      `logs/${service}/${service}.log`,
    ]),
  ];
}

export interface ProxyOptions {
  streams: ApiStreams;
  spool: Spool;
  /** Nodes that no agent has told of. */
  nodes: readonly Node[];
  tail: number;
  sinceTime: string | undefined;
  /** Bytes of each answer, from its end. */
  maxBytes: number;
  signal: AbortSignal;
  progress: (done: number) => void;
}

/**
 * Writes what kubelets tell through the API server's proxy: their configuration, health, statistics, pods, and logs by NodeLogQuery
 * (https://kubernetes.io/docs/concepts/cluster-administration/system-logs/#log-query). GET only. Answers what is missing.
 */
export async function writeNodeProxy(options: ProxyOptions): Promise<ManifestGap[]> {
  const {nodes, signal, progress} = options;
  const gaps: ManifestGap[] = [];
  let done = 0;
  await eachOf(nodes, IN_FLIGHT, async node => {
    if (signal.aborted) return;
    gaps.push(...(await writeOne(node, options)));
    progress(++done);
  });
  return gaps.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf({node, what}: ManifestGap): string {
  return `${node ?? ''} ${what}`;
}

/** Answers what is missing of a node. */
async function writeOne(
  {metadata: {name}, status}: Node,
  {spool, ...options}: ProxyOptions,
): Promise<ManifestGap[]> {
  const os: AgentOs = status.nodeInfo?.operatingSystem === 'linux' ? 'linux' : 'windows';
  const gaps: ManifestGap[] = [];
  for (const [path, file] of proxyRequests(options)) {
    const started = performance.now();
    const answer = await ask(`/api/v1/nodes/${encodeURIComponent(name)}/proxy/${path}`, options);
    const what = keyOfFile(file);
    if (typeof answer === 'string') {
      const source = `GET nodes/${name}/proxy/${path.split('&')[0] ?? ''}`;
      spool.file(nodePath(name, os, file), answer, {source, tookMs: performance.now() - started});
    } else if (answer.reason === 'denied') {
      // Whoever may not ask one thing may ask none.
      return [{what: 'node.agent', node: name, ...answer}];
    } else gaps.push({what, node: name, ...answer});
  }
  return [...gaps, {what: 'node.agent', node: name, ...BY_KUBELET}];
}

const BY_KUBELET = {
  reason: 'not-requested',
  detail: 'no agent told of this node; what its kubelet tells is here (--node-proxy)',
} as const;

type Refusal = {reason: MissingReason; detail: string};

/** The end of an answer, as long as it may be, or why there is none. */
async function ask(path: string, options: Omit<ProxyOptions, 'spool'>): Promise<string | Refusal> {
  const first = await askOnce(path, options);
  const isFile = typeof first === 'string' && IS_FILE.test(first);
  const answer = isFile ? await askOnce(path.replace(/&.*$/, ''), options) : first;
  if (typeof answer !== 'string' || !IS_NONE.test(answer)) return answer;
  return {reason: 'unsupported', detail: `the kubelet says: ${answer.trim()}`};
}

async function askOnce(
  path: string,
  {streams, maxBytes, signal}: Omit<ProxyOptions, 'spool'>,
): Promise<string | Refusal> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of await streams.open(path, AbortSignal.any([signal, silence.signal]))) {
      timer.refresh();
      chunks.push(chunk);
      bytes += chunk.length;
      while (bytes - (chunks[0]?.length ?? 0) >= maxBytes) bytes -= chunks.shift()?.length ?? 0;
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (silence.signal.aborted) return {reason: 'timeout', detail: `nothing came for ${SILENCE_MS / 1000} s`};
    if (signal.aborted) return {reason: 'failed', detail: 'stopped while it was read'};
    if (error instanceof ApiStatusError) return refusal(error, path);
    if (error instanceof ConnectionError) return {reason: 'failed', detail: error.message};
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function refusal(error: ApiStatusError, path: string): Refusal {
  if (error.status === 403)
    return {
      reason: 'denied',
      detail: /nodes\/proxy/.test(error.message.replace(path, ''))
        ? 'needs verb get on resource nodes/proxy (apiGroup "")'
        : `the kubelet refuses: ${error.message}`,
    };
  if (path.includes('/proxy/logs/') && (error.status === 404 || error.status === 405))
    return {
      reason: 'unsupported',
      detail:
        'the kubelet answers no NodeLogQuery: its configuration needs enableSystemLogHandler and, up to 1.35, enableSystemLogQuery with the gate NodeLogQuery',
    };
  return {reason: 'failed', detail: error.message};
}
