import {indexEvents} from '../../kube/events.ts';
import {isTerminating, isWell, windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import {defineCheck, pass} from '../define.ts';
import {eventSymptoms} from '../symptoms.ts';
import {FailureGroups, diagnose, sumUp} from './shared/failures.ts';

const WHAT = 'cannot mount a volume';
const REASONS: ReadonlySet<string> = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume']);
/** Classes that a check of their own reports. */
const ELSEWHERE: ReadonlySet<string> = new Set(['STO004']);

export default defineCheck({
  id: 'KBL004',
  name: 'mount-failing',
  severity: 'error',
  since: '0.1.0',
  title: 'Volumes of Windows pods cannot be mounted',
  evidence: ['A'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Reads the events FailedMount, FailedAttachVolume and FailedMapVolume of the last hour of Windows pods that are not running, and classifies their texts by the catalogue of known errors. It fails once for each class; errors of SMB shares belong to STO004.',
    why: 'A pod starts only once all its volumes are mounted; until then it stays in ContainerCreating.',
    fix: [
      'Read the whole text: `kubectl describe pod -n NAMESPACE POD`.',
      'See that the ConfigMaps, Secrets and claims which it names exist: `kubectl get configmap,secret,pvc -n NAMESPACE`.',
      'Look at the CSI driver of the node: `kubectl get csinode NODE -o yaml`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/storage/windows-storage/'],
  },
  many: sumUp(WHAT),
  *run({workloads, events, wants, now}) {
    const index = indexEvents(events);
    const failures = new FailureGroups();
    const judged = new Set<PlacedPod['workload']>();
    for (const placed of windowsPods(workloads, wants)) {
      judged.add(placed.workload);
      if (isWell(placed.pod) || isTerminating(placed.pod)) continue;
      const found = diagnose(eventSymptoms(index, placed.pod, {reasons: REASONS, now}), placed);
      if (found && !ELSEWHERE.has(found.kind.entry?.judgedBy ?? '')) failures.add(placed, found);
    }
    for (const workload of judged) if (!failures.has(workload)) yield pass(workload.owner);
    yield* failures.fails(WHAT, this.docs.fix);
  },
});
