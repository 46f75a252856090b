import {isRecent} from '../../kube/events.ts';
import {nodeNamesOf} from '../../kube/os.ts';
import {windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import type {Event} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {rfc3339} from '../../snapshot/time.ts';
import type {Fail, Subject} from '../define.ts';
import {defineCheck, pass, ref, skip, subjectOf} from '../define.ts';
import {loggedStorms} from './shared/logged-storms.ts';
import {stormsOf} from './shared/storms.ts';
import type {Counted, Group, Storm} from './shared/storms.ts';

export default defineCheck({
  id: 'EVT001',
  name: 'event-storm',
  severity: 'info',
  since: '0.1.0',
  title: 'One error event of a Windows workload or node comes again and again',
  evidence: ['A', 'N'],
  needs: ['events', 'workloads'],
  wants: ['nodes', 'runtimeClasses', 'node.eventlog'],
  passNeeds: ['node.eventlog'],
  docs: {
    what: 'Counts warning events of the last hour of each Windows workload and node, by reason and class of text: it says so where one comes more than 100 times an hour. Events that the API server folded count by their `count`, spread over the time from the first to the last. On nodes it counts the errors of their event logs in the same way, by provider and number.',
    why: 'It is the echo of a fault that other findings name, and it pushes other events out: the API server limits the rate of events of each source, and an event log of Windows has a size.',
    fix: [
      'Look at the events: `kubectl events -n NAMESPACE --types Warning`; those of a node: `kubectl win logs node/NODE --source system`.',
      'Mend the fault that they name.',
    ],
    links: ['https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/'],
  },
  *run({events, workloads, wants, now}) {
    const warnings = events.filter(e => e.type === 'Warning' && isRecent(e, now));
    const known = countedBySubject(warnings, windowsPods(workloads, wants));
    const nodes = nodeNamesOf('windows', wants.nodes);
    const groups = new Map<string, Group>();
    for (const event of warnings) {
      const counted = countedFor(event, known, nodes);
      if (!counted) continue;
      const key = `${subjectKey(counted.subject)}\0${event.reason ?? ''}`;
      const group = groups.get(key);
      if (group) group.events.push(event);
      else groups.set(key, {counted, events: [event]});
    }
    const logged = [...loggedStorms(wants.nodes, wants['node.eventlog'], now)];
    yield* logged;
    if (groups.size + logged.length === 0) yield skip('no warning event of the last hour is about Windows');
    for (const group of groups.values()) {
      const storms = stormsOf(group, now);
      if (storms.length === 0) yield pass(group.counted.subject);
      else yield* storms.map(failOf);
    }
  },
});

function subjectKey({kind, namespace, name}: Subject): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

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
