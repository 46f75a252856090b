import type {Event, KubeObject, Node, Pod} from '../kube/types.ts';
import type {Subject} from '../checks/define.ts';
import {eventMoment, nodeMoments, podMoments} from '../logs/moments.ts';
import {madeRecord} from '../logs/made-record.ts';
import {encodeUtf8} from '../logs/bytes.ts';
import {winEventRecord} from '../logs/node-lines.ts';
import type {PodLog} from '../logs/summary.ts';
import type {FoundRecord} from '../logs/to-record.ts';
import {valueOn} from '../node/on-node.ts';
import type {EvidenceKey, EvidenceMap, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import {MINUTE, millis} from '../snapshot/time.ts';
import type {DoctorReport, Finding} from './report.ts';

/** What happened around the first pod or node of a finding, in the order of time. */
export interface Story {
  subject: Subject;
  /** Status, events, event logs of the node, the last lines of its containers, what LogMonitor says of itself; texts are bytes. */
  moments: readonly FoundRecord[];
  /** How many older ones were left out. */
  left: number;
}

/** More is no story but a log. */
const MOST = 60;
/** Before a pod was made there may be reasons why it could not start. */
const BEFORE_POD = 2 * MINUTE;

/** The story of each finding that has a pod or a node among its subjects, by its fingerprint. */
export function storiesOf(snapshot: Snapshot, {findings}: DoctorReport): Map<string, Story> {
  const teller = new Teller(snapshot);
  const stories = new Map<string, Story>();
  for (const finding of findings) {
    const story = teller.of(finding);
    if (story) stories.set(finding.fingerprint, story);
  }
  return stories;
}

class Teller {
  readonly #snapshot: Snapshot;
  readonly #pods: ReadonlyMap<string, Pod>;
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #events: ReadonlyMap<string, Event[]>;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#pods = byName(listOf(snapshot, 'pods'));
    this.#nodes = byName(listOf(snapshot, 'nodes'));
    this.#events = Map.groupBy(listOf(snapshot, 'events'), ({involvedObject: {kind, namespace, name}}) =>
      // Events of nodes stand in the namespace `default`.
      kind === 'Node' ? `Node//${name}` : `${kind}/${namespace ?? ''}/${name}`,
    );
  }

  of({subjects}: Finding): Story | undefined {
    for (const subject of subjects) {
      const {kind, namespace = '', name} = subject;
      const pod = kind === 'Pod' ? this.#pods.get(`${namespace}/${name}`) : undefined;
      const node = kind === 'Node' ? this.#nodes.get(`/${name}`) : undefined;
      const moments = pod ? this.#ofPod(pod) : node ? this.#ofNode(node) : [];
      if (moments.length > 0) return storyOf(subject, moments);
    }
    return undefined;
  }

  #ofPod(pod: Pod): FoundRecord[] {
    const {namespace = '', name, creationTimestamp} = pod.metadata;
    const made = millis(creationTimestamp) ?? 0;
    return [
      ...podMoments(pod, this.#events.get(`Pod/${namespace}/${name}`)),
      ...listOf(this.#snapshot, 'pod.logs').flatMap(log =>
        log.namespace === namespace && log.pod === name ? [...ownMoments(log), ...lineMoments(log)] : [],
      ),
      ...(pod.nodeName === undefined ? [] : this.#eventLog(pod.nodeName, made - BEFORE_POD)),
    ];
  }

  #ofNode(node: Node): FoundRecord[] {
    const {name} = node.metadata;
    return [
      ...nodeMoments(node),
      ...(this.#events.get(`Node//${name}`) ?? []).flatMap(eventMoment),
      ...this.#eventLog(name, 0),
    ];
  }

  #eventLog(node: string, since: number): FoundRecord[] {
    const logs = valueOn(evidenceOf(this.#snapshot, 'node.eventlog'), node);
    return (logs?.events ?? []).filter(e => (millis(e.time) ?? 0) >= since).map(winEventRecord);
  }
}

function storyOf(subject: Subject, moments: readonly FoundRecord[]): Story {
  const sorted = moments.toSorted((a, b) => timeOf(a) - timeOf(b));
  return {subject, moments: sorted.slice(-MOST), left: Math.max(0, sorted.length - MOST)};
}

function timeOf({time}: FoundRecord): number {
  return millis(time) ?? 0;
}

/** What LogMonitor says of itself in a log. */
function ownMoments({container, log}: PodLog): FoundRecord[] {
  if (!log.ok) return [];
  return log.value.own.map(({level, message, last}) =>
    madeRecord({
      time: last,
      source: 'Monitor',
      level,
      channel: encodeUtf8(container),
      message: encodeUtf8(message),
    }),
  );
}

/** The last lines of a log. Those without a time stand at its end, as nobody knows where else. */
function lineMoments({container, previous, log}: PodLog): FoundRecord[] {
  if (!log.ok) return [];
  const last = log.value.last.findLast(({time}) => time !== null)?.time ?? null;
  return log.value.last.map(({time, level, source, message}) =>
    madeRecord({
      time: time ?? last,
      source,
      level,
      channel: encodeUtf8(`${container}${previous ? ', before its restart' : ''}`),
      message: encodeUtf8(message),
    }),
  );
}

function byName<T extends KubeObject>(objects: readonly T[]): Map<string, T> {
  return new Map(objects.map(o => [`${o.metadata.namespace ?? ''}/${o.metadata.name}`, o]));
}

type ListKey = {[K in EvidenceKey]: EvidenceMap[K] extends readonly unknown[] ? K : never}[EvidenceKey];

function listOf<K extends ListKey>(snapshot: Snapshot, key: K): EvidenceMap[K] | [] {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok ? evidence.value : [];
}
