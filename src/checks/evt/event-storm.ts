import {isRecent, lastSeen} from '../../kube/events.ts';
import {nodeNamesOf} from '../../kube/os.ts';
import {windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import type {Event} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {errorClass} from '../../data/error-class.ts';
import {HOUR, millis, rfc3339} from '../../snapshot/time.ts';
import type {Fail, Subject} from '../define.ts';
import {defineCheck, pass, ref, skip, subjectOf} from '../define.ts';

/** More of one kind in an hour than this is a storm (CHECKS: EVT001). */
const STORM = 100;

/** Whom an event counts for: the workload of a pod, or the node. */
interface Counted {
  subject: Subject;
  node?: string;
  workload?: string;
}

interface Storm extends Counted {
  reason: string;
  cause: string;
  /** Estimated number in the last hour. */
  perHour: number;
  loudest: Event;
  since: number;
}

export default defineCheck({
  id: 'EVT001',
  name: 'event-storm',
  severity: 'info',
  since: '0.1.0',
  title: 'One error event of a Windows workload or node comes again and again',
  evidence: ['A', 'N'],
  needs: ['events', 'workloads'],
  wants: ['nodes', 'runtimeClasses'],
  passNeeds: ['node.eventlog'],
  docs: {
    what: 'Counts warning events of the last hour of each Windows workload and node, by reason and class of text: it says so where one comes more than 100 times an hour. Events that the API server folded count by their `count`, spread over the time from the first to the last.',
    why: 'It is the echo of a fault that other findings name, and it pushes other events out: the API server limits the rate of events of each source.',
    fix: [
      'Look at the events: `kubectl events -n NAMESPACE --types Warning`.',
      'Mend the fault that they name.',
    ],
    links: ['https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/'],
  },
  *run({events, workloads, wants, now}) {
    const warnings = events.filter(e => e.type === 'Warning' && isRecent(e, now));
    const known = countedBySubject(warnings, windowsPods(workloads, wants));
    const nodes = nodeNamesOf('windows', wants.nodes);
    const storms = new Map<string, Storm>();
    for (const event of warnings) {
      const counted = countedFor(event, known, nodes);
      if (counted) addTo(storms, event, {counted, now});
    }
    if (storms.size === 0) yield skip('no warning event of the last hour is about Windows');
    for (const storm of storms.values()) yield storm.perHour > STORM ? failOf(storm) : pass(storm.subject);
  },
});

/** Whom events count for, by the Windows pods and workloads that they are about. */
function countedBySubject(events: readonly Event[], placed: readonly PlacedPod[]): Map<string, Counted> {
  const about = new Set(events.map(({involvedObject: o}) => `${o.kind}/${o.namespace ?? ''}/${o.name}`));
  const known = new Map<string, Counted>();
  if (about.size === 0) return known;
  for (const {pod, workload} of placed) {
    for (const id of [idOf(pod), idOf(workload.owner)]) {
      if (!about.has(id)) continue;
      const node = pod.nodeName;
      known.set(id, {
        subject: subjectOf(workload.owner),
        workload: idOf(workload.owner),
        ...(node !== undefined && {node}),
      });
    }
  }
  return known;
}

function countedFor(
  {involvedObject, host}: Event,
  subjects: ReadonlyMap<string, Counted>,
  nodes: ReadonlySet<string>,
): Counted | undefined {
  const {kind = '', namespace = '', name = ''} = involvedObject;
  const known = subjects.get(`${kind}/${namespace}/${name}`);
  if (known) return known;
  if (kind === 'Node') return nodes.has(name) ? {subject: {kind, name}, node: name} : undefined;
  // A pod that is gone by now: the kubelet that spoke of it sits on a Windows node.
  if (kind === 'Pod' && host !== undefined && nodes.has(host))
    return {subject: {kind, namespace, name}, node: host};
  return undefined;
}

function addTo(
  storms: Map<string, Storm>,
  event: Event,
  {counted, now}: {counted: Counted; now: number},
): void {
  const {reason = '', message = '', involvedObject} = event;
  const {subject} = counted;
  const names = [involvedObject.name ?? '', involvedObject.namespace ?? '', subject.name];
  const kind = errorClass(message, names);
  if (!kind) return;
  const cause = `${reason}: ${kind.cause}`;
  const key = `${subject.kind}/${subject.namespace ?? ''}/${subject.name}\0${cause}`;
  const perHour = rateOf(event);
  const since = millis(event.firstTimestamp) ?? now;
  const storm = storms.get(key);
  if (!storm) {
    storms.set(key, {...counted, reason, cause, perHour, loudest: event, since});
    return;
  }
  storm.perHour += perHour;
  storm.since = Math.min(storm.since, since);
  if (event.count > storm.loudest.count) storm.loudest = event;
}

/** How many times an hour it came: its count, or what falls to one hour where it was counted for longer. */
function rateOf(event: Event): number {
  const first = millis(event.firstTimestamp);
  const hours = first === undefined ? 1 : Math.max(1, (lastSeen(event) - first) / HOUR);
  return event.count / hours;
}

function failOf({subject, node, workload, reason, cause, perHour, loudest, since}: Storm): Fail {
  const at = subject.namespace === undefined ? subject.name : `${subject.namespace}/${subject.name}`;
  return {
    status: 'fail',
    subject,
    ...(node !== undefined && {node}),
    ...(workload !== undefined && {workload}),
    cause,
    message: `${subject.kind} ${at} has the event ${reason} ${Math.round(perHour)} times an hour`,
    evidence: [ref(loudest, '/count', loudest.count)],
    since: rfc3339(since),
  };
}
