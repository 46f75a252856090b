import {SCALE_UP_PATIENCE, Waits, isPending} from '../../kube/autoscaler.ts';
import {nodesOf, osJudge} from '../../kube/os.ts';
import {isFinished} from '../../kube/pods.ts';
import type {Event, Node, Pod} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {millis} from '../../snapshot/time.ts';
import {defineCheck, failSpec, pass, ref, skip, unknown} from '../define.ts';
import type {Outcome, Severity} from '../define.ts';
import {scheduledRef} from './shared/pending.ts';
import {isNodeReady} from '../../kube/node-conditions.ts';
import {collected} from '../../snapshot/evidence.ts';
import {count} from '../../text/words.ts';

export default defineCheck({
  id: 'SCH005',
  name: 'no-ready-windows-node',
  severity: 'error',
  since: '0.1.0',
  title: 'Windows pods exist, and no Windows node is ready',
  evidence: ['A'],
  needs: ['workloads', 'nodes'],
  wants: ['runtimeClasses', 'events'],
  docs: {
    what:
      'Workloads with live Windows pods in a cluster where no Windows node is Ready, or where there is none at all. ' +
      'With nodes that joined less than 15 minutes ago, or an autoscaler that promised one as recently, it is ' +
      'information; where there is no node, severity follows the wait as in SCH003.',
    why: 'No Windows pod can start or be replaced, and those on nodes that are gone are evicted after five minutes.',
    fix: [
      'Look at the nodes: `kubectl get nodes -l kubernetes.io/os=windows -o wide`; NOD001 says why each is not ready.',
      'Add a Windows node, or scale the pool up from zero; where an autoscaler should do it, `kubectl get events -A | grep -i scaleup`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/windows/user-guide/#before-you-begin'],
  },
  *run({workloads, nodes, wants, now}) {
    const windows = nodesOf('windows', nodes);
    const osOf = osJudge({nodes: collected(nodes), runtimeClasses: wants.runtimeClasses});
    const waits = new Waits(wants.events, now);
    const ready = windows.some(isNodeReady);
    for (const workload of workloads) {
      const pods = windowsPods(workload, osOf);
      const [pod] = pods;
      if (!pod) yield skip('no live Windows pod');
      else if (ready) yield pass(workload.owner);
      else if (windows.length > 0) yield nodesDown(workload, {windows, pod, now});
      else yield noNodes(workload, pods, {waits, events: wants.events});
    }
  },
});

function windowsPods(workload: Workload, osOf: (view: SpecView) => string | undefined): Pod[] {
  return workload.live
    .filter(v => osOf(v) === 'windows')
    .flatMap(v => v.pods.filter(p => !isFinished(p) && p.metadata.deletionTimestamp === undefined));
}

function nodesDown(
  workload: Workload,
  {windows, pod, now}: {windows: Node[]; pod: Pod; now: number},
): Outcome {
  const young = windows.every(
    n => now - (millis(n.metadata.creationTimestamp) ?? -Infinity) < SCALE_UP_PATIENCE,
  );
  const severity: Severity = young ? 'info' : 'error';
  const evidence = windows.map(node => {
    const index = node.status.conditions?.findIndex(c => c.type === 'Ready') ?? -1;
    const condition = node.status.conditions?.[index];
    return condition
      ? ref(node, `/status/conditions/${index}/status`, condition.status)
      : ref(node, '/status/conditions');
  });
  const times = windows.flatMap(
    n => n.status.conditions?.find(c => c.type === 'Ready')?.lastTransitionTime ?? [],
  );
  const since = times.sort().at(-1);
  return failSpec(workload, {
    severity,
    cause: 'not-ready',
    ...(pod.nodeName !== undefined && {node: pod.nodeName}),
    message: `it has Windows pods, and none of ${count(windows.length, 'Windows node')} is Ready`,
    evidence,
    ...(since !== undefined && {since}),
  });
}

function noNodes(
  workload: Workload,
  pods: Pod[],
  {waits, events}: {waits: Waits; events: Evidence<Event[]>},
): Outcome {
  const waiting = pods.filter(isPending);
  const [pod] = waiting;
  if (!pod) return skip('its pods sit on nodes that are gone');
  const found = waiting.map(p => waits.of(p));
  const known = found.filter(w => w !== 'unknown');
  const wait = known.find(w => w.severity === 'error') ?? known.find(w => w.severity === 'info');
  if (!wait?.severity) {
    if (known.length === found.length || events.ok) return skip('it has only begun to wait');
    return unknown(workload.owner, 'events', events);
  }
  return failSpec(workload, {
    severity: wait.severity,
    cause: 'none',
    message: `${count(waiting.length, 'Windows pod')} of it wait, and the cluster has no Windows node`,
    evidence: [scheduledRef(pod), ...(wait.event ? [ref(wait.event, '/message', wait.event.message)] : [])],
    ...(wait.since !== undefined && {since: wait.since}),
  });
}
