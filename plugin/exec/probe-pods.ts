import type {ProbeLoss} from '../../src/probes/evidence.ts';
import {callsFor} from '../../src/probes/exec/calls.ts';
import type {ToolAnswer} from '../../src/probes/exec/tool.ts';
import {readPolicy, refusalOf} from '../../src/probes/policy.ts';
import type {Probe, ProbeResult} from '../../src/probes/types.ts';
import {maskSecrets} from '../../src/redact/quoted.ts';
import {eachOf} from '../each-of.ts';
import {agentErrorOf} from '../agent/client/agent-error.ts';
import type {WebSockets} from '../kube/web-socket.ts';
import type {CommandEnd, PodContainer} from './run-command.ts';
import {runCommand} from './run-command.ts';

/** How pods are asked. */
export interface PodProbing {
  readonly sockets: WebSockets;
  /** The container whose image is used. */
  readonly containerOf: (pod: {namespace: string; name: string}) => string | undefined;
  readonly signal: AbortSignal;
  readonly progress?: (done: number) => void;
}

/** Pods at a time: each command is a process in somebody's container and a stream through the API server. */
const PODS = 8;
/** In one pod. */
const COMMANDS = 4;
/** Longer than the try and the start of the largest program: PowerShell takes seconds on a busy node. */
const COMMAND_MS = 30_000;

/**
 * Tries probes with what the images of their pods have, each once and a few of one pod at a time. What starts at a host, or what no
 * program can do, is not among the results; losses say why, by node. Nothing is run for a target that agents never try.
 */
export async function probeByExec(
  probes: readonly Probe[],
  options: PodProbing,
): Promise<{results: ProbeResult[]; losses: ProbeLoss[]}> {
  const results: ProbeResult[] = [];
  const lost = new Map<string, ProbeLoss>();
  const lose = ({from: {node}}: Probe, {reason, detail}: Pick<ProbeLoss, 'reason' | 'detail'>): void => {
    const key = `${node}\0${detail}`;
    lost.set(key, {node, reason, detail, probes: (lost.get(key)?.probes ?? 0) + 1});
  };
  const queue = [
    ...Map.groupBy(
      probes.filter(p => p.from.pod),
      p => `${p.from.pod?.namespace ?? ''}/${p.from.pod?.name ?? ''}`,
    ).values(),
  ];
  const podsProbes = async (own: readonly Probe[]): Promise<void> => {
    const pod = new Pod(options);
    const one = async (probe: Probe): Promise<void> => {
      const end = await pod.probe(probe);
      if ('probe' in end) results.push(end);
      else lose(probe, end);
      options.progress?.(results.length);
    };
    const [first, ...rest] = own;
    // What the image lacks is known before many ask.
    if (first) await one(first);
    await eachOf(rest, COMMANDS, one);
  };
  await eachOf(queue, PODS, podsProbes);
  return {results, losses: [...lost.values()]};
}

type Lost = Pick<ProbeLoss, 'reason' | 'detail'>;

/** One pod, and what is known of its image. */
class Pod {
  readonly #options: PodProbing;
  /** Programs that it does not have, or not as they are needed: told by their first words and what they are called for. */
  readonly #lacking = new Set<string>();
  /** Why nothing can be run there. */
  #closed: Lost | undefined;

  constructor(options: PodProbing) {
    this.#options = options;
  }

  async probe(probe: Probe): Promise<ProbeResult | Lost> {
    const refused = refusalOf(
      ANYWHERE,
      {...probe.to, port: probe.to.port, dnsServers: dnsServersOf(probe)},
      PUBLIC,
    );
    if (refused) return {reason: 'failed', detail: `exec tries no such target: ${refused}`};
    const calls = callsFor(probe);
    if (calls.length === 0)
      return {reason: 'unsupported', detail: `no program of an image can try ${probe.protocol}`};
    for (const [position, {tool, command, read}] of calls.entries()) {
      const key = `${probe.protocol} ${probe.leg === 'short-name' ? 'own' : ''} ${position}`;
      if (this.#lacking.has(key)) continue;
      const at = new Date().toISOString();
      const end = await this.#run(probe, command);
      if (this.#closed) return this.#closed;
      const answer = end?.ended ? read(end) : undefined;
      if (answer) return resultOf(probe, tool, answer, at);
      this.#lacking.add(key);
    }
    const tools = [...new Set(calls.map(c => c.tool))].join(', ');
    return {reason: 'unsupported', detail: `the image has none of ${tools} that could try ${probe.protocol}`};
  }

  /** Undefined where it is closed. */
  async #run({from: {pod}}: Probe, command: readonly string[]): Promise<CommandEnd | undefined> {
    const {sockets, containerOf, signal} = this.#options;
    if (!pod || this.#closed) return undefined;
    const late = AbortSignal.timeout(COMMAND_MS);
    const container: PodContainer = {namespace: pod.namespace, pod: pod.name, container: containerOf(pod)};
    try {
      signal.throwIfAborted();
      const end = await runCommand(sockets, container, command, AbortSignal.any([signal, late]));
      if (!end.ended && !end.isAbsent)
        this.#closed = {reason: 'failed', detail: `exec in the pod failed: ${maskSecrets(end.detail)}`};
      return end;
    } catch (error) {
      if (signal.aborted) this.#closed = {reason: 'failed', detail: 'stopped before it was tried'};
      else if (late.aborted)
        this.#closed = {
          reason: 'timeout',
          detail: `a program in the pod did not end within ${COMMAND_MS / 1000} s`,
        };
      else {
        const {reason, message} = agentErrorOf(error);
        this.#closed = {reason, detail: `exec in the pod: ${message}`};
      }
      return undefined;
    }
  }
}

/** Agents know the networks of a cluster; here only what is never tried is kept off. */
const ANYWHERE = readPolicy(['0.0.0.0/0', '::/0']);
/** Names are resolved by the pod: what they lead to is not known. */
const PUBLIC = ['192.0.2.1'];

/** A DNS server of a pod may be link-local. */
function dnsServersOf({protocol, to}: Probe): string[] {
  return protocol === 'dns-udp' || protocol === 'dns-tcp' ? [to.host] : [];
}

function resultOf({id}: Probe, tool: string, {ok, error, detail, ms}: ToolAnswer, at: string): ProbeResult {
  return {
    probe: id,
    ok,
    ...(error !== undefined && !ok && {error}),
    detail: detail === undefined ? `by ${tool}` : `by ${tool}: ${maskSecrets(detail)}`,
    ...(ms !== undefined && {ms}),
    tries: 1,
    lost: ok ? 0 : 1,
    way: 'exec',
    at,
  };
}
