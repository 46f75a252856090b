import {hexOf, toUint32} from '../../../data/code-number.ts';
import {RECENT} from '../../../kube/events.ts';
import {isWell} from '../../../kube/pods.ts';
import {formatBytes, parseQuantity} from '../../../kube/quantity.ts';
import type {Pod} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';
import type {EventLogs, WinEvent} from '../../../node/eventlog.ts';
import type {PerNode} from '../../../node/evidence.ts';
import {channelGap, findEvents} from '../../../node/find-events.ts';
import type {ImageDisk} from '../../../node/image-disk.ts';
import type {Indexed} from '../../../node/items.ts';
import {valueOn} from '../../../node/on-node.ts';
import type {CriContainer} from '../../../node/sandboxes.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import {millis} from '../../../snapshot/time.ts';
import type {FileRef, Pass, Ref, Unknown} from '../../define.ts';
import {pass, unknown} from '../../define.ts';
import {eventRef} from '../../event-ref.ts';

/** What shows that a pod fails for want of memory. */
export interface MemoryProof {
  cause:
    | 'container out of memory'
    | 'commit exhausted on the node'
    | 'evicted for memory'
    | 'container near its limit';
  says: string;
  evidence: Ref;
  since?: string;
}

export const OOM_KILLED = 'OOMKilled';
/** Ends for want of memory: STATUS_NO_MEMORY, STATUS_COMMITMENT_LIMIT, E_OUTOFMEMORY, ERROR_COMMITMENT_LIMIT. */
const MEMORY_CODES: ReadonlySet<number> = new Set([0xc0000017, 0xc000012d, 0x8007000e, 0x5af, 0x800705af]);

/** Whether a container ended for want of memory. */
export function endedForMemory(reason: string | undefined, exitCode: number): boolean {
  return reason === OOM_KILLED || MEMORY_CODES.has(toUint32(exitCode));
}

/** Windows looks for who commits most when little is left, and writes this event. */
const LOW_COMMIT = {channel: 'System', provider: /Resource-Exhaustion-Detector$/i, ids: [2004]};

/** Share of a container's limit from which it is told: its limit counts what is committed, which is more than what is seen. */
const NEAR = 0.95;

/** What nodes tell of memory. */
export interface MemorySources {
  logs: Evidence<PerNode<EventLogs>>;
  containers: Evidence<PerNode<Indexed<CriContainer>[]>>;
  stats: Evidence<PerNode<ImageDisk>>;
  now: number;
}

/** What nodes say of memory: ends of containers that the runtime remembers, and Windows' own diagnosis. */
export class NodeMemory {
  readonly #logs: Evidence<PerNode<EventLogs>>;
  readonly #containers: Evidence<PerNode<Indexed<CriContainer>[]>>;
  readonly #stats: Evidence<PerNode<ImageDisk>>;
  readonly #now: number;
  readonly #diagnosed = new Map<string, WinEvent | undefined>();

  constructor({logs, containers, stats, now}: MemorySources) {
    this.#logs = logs;
    this.#containers = containers;
    this.#stats = stats;
    this.#now = now;
  }

  proofOf(pod: Pod): MemoryProof | undefined {
    const {nodeName} = pod;
    if (nodeName === undefined) return undefined;
    return (
      this.#ended(pod, nodeName) ??
      (isWell(pod) ? undefined : this.#lowCommit(nodeName)) ??
      this.#nearLimit(pod, nodeName)
    );
  }

  /** A workload without a proof: it passes where the System log of all its nodes was read. */
  passOf({owner, pods}: Workload): Pass | Unknown {
    for (const {nodeName} of pods) {
      const logs = nodeName === undefined ? undefined : valueOn(this.#logs, nodeName);
      const gap = logs && channelGap(logs, LOW_COMMIT.channel);
      if (gap) return unknown(owner, 'node.eventlog', gap);
    }
    return pass(owner);
  }

  #ended({metadata: {uid}}: Pod, node: string): MemoryProof | undefined {
    const ended = valueOn(this.#containers, node)?.find(c => {
      const finished = millis(c.finishedAt);
      return (
        c.podUid === uid &&
        finished !== undefined &&
        this.#now - finished <= RECENT &&
        endedForMemory(c.reason, c.exitCode ?? 0)
      );
    });
    if (!ended) return undefined;
    const {name, reason, exitCode = 0, pointer, finishedAt} = ended;
    const killed = reason === OOM_KILLED;
    return {
      cause: 'container out of memory',
      says: killed
        ? `container ${name} was ended at its memory limit (OOMKilled)`
        : `container ${name} ended with ${hexOf(exitCode)}, as it could get no more memory`,
      evidence: {
        ...place(node, 'cri/containers.json', `${pointer}/status/${killed ? 'reason' : 'exitCode'}`),
        value: killed ? reason : exitCode,
      },
      ...(finishedAt !== undefined && {since: finishedAt}),
    };
  }

  /** A container that has nearly all of the memory that its job may have. */
  #nearLimit({spec, metadata: {uid}}: Pod, node: string): MemoryProof | undefined {
    for (const {podUid, container, workingSet, index} of valueOn(this.#stats, node)?.memory ?? []) {
      if (podUid !== uid) continue;
      const limit = parseQuantity(
        spec.containers.find(c => c.name === container)?.resources?.limits?.['memory'],
      );
      if (limit === undefined || workingSet < limit * NEAR) continue;
      return {
        cause: 'container near its limit',
        says: `container ${container} has ${formatBytes(workingSet)} of the ${formatBytes(limit)} that it may have: what it asks for next is refused`,
        evidence: {...place(node, 'cri/stats.json', `/stats/${index}/memory/workingSetBytes`)},
      };
    }
    return undefined;
  }

  #lowCommit(node: string): MemoryProof | undefined {
    if (!this.#diagnosed.has(node)) {
      const logs = valueOn(this.#logs, node);
      this.#diagnosed.set(node, logs && findEvents(logs, {...LOW_COMMIT, since: this.#now - RECENT})[0]);
    }
    const event = this.#diagnosed.get(node);
    if (!event) return undefined;
    return {
      cause: 'commit exhausted on the node',
      says: `it does not run, and Windows found at ${event.time} that the node has no memory left to commit`,
      evidence: eventRef((file, pointer, value) => ({...place(node, file, pointer), value}), event),
      since: event.time,
    };
  }
}

function place(node: string, file: string, pointer: string): FileRef {
  return {node, os: 'windows', file, pointer};
}
