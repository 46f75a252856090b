import type {ErrorEntry} from '../../data/errors.ts';
import {classifyError} from '../../data/errors.ts';
import {indexEvents} from '../../kube/events.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import {isTerminating, isWell, windowsPods} from '../../kube/pods.ts';
import type {Workload} from '../../kube/workloads.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, skip} from '../define.ts';
import {PodLogs} from '../pod-logs.ts';
import type {Symptom} from '../symptoms.ts';
import {eventSymptoms} from '../symptoms.ts';
import {driverOf, windowsVolumes} from './shared/windows-volumes.ts';

/** Drivers that mount SMB shares on Windows nodes. */
const SMB_DRIVERS: ReadonlySet<string> = new Set(['smb.csi.k8s.io', 'file.csi.azure.com']);
const REASONS: ReadonlySet<string> = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume']);

const ID = 'STO004';

export default defineCheck({
  id: ID,
  name: 'smb-failing',
  severity: 'error',
  since: '0.1.0',
  title: 'An SMB share cannot be mounted on a Windows node',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: [
    'persistentVolumeClaims',
    'persistentVolumes',
    'storageClasses',
    'nodes',
    'runtimeClasses',
    'node.logs',
  ],
  passNeeds: ['node.logs'],
  docs: {
    what: "Reads the failed mounts of the last hour of Windows pods that are not running, and tells them apart by Windows' own words and codes: credentials refused (1326), server or share not found (53, 67), a second user on one server, a malformed source, no further process (0xC0000142). Where events say nothing, the log of the kubelet on the node does.",
    why: 'The pod stays in ContainerCreating. On Windows the node makes the connection, not the pod: it resolves names and routes as the node does, and may be one user only at each server.',
    fix: [
      'Read the message in full: `kubectl describe pod POD -n NAMESPACE`, and the log of the driver on that node.',
    ],
    links: [
      'https://github.com/kubernetes-csi/csi-driver-smb/blob/master/docs/csi-debug.md',
      'https://learn.microsoft.com/powershell/module/smbshare/new-smbglobalmapping',
    ],
  },
  *run({workloads, events, wants, now}): Iterable<Outcome> {
    const index = indexEvents(events);
    const logs = new PodLogs(wants['node.logs'], now);
    const failing = new Set<Workload>();
    for (const placed of windowsPods(workloads, wants)) {
      if (isWell(placed.pod) || isTerminating(placed.pod)) continue;
      const symptoms = [
        ...eventSymptoms(index, placed.pod, {reasons: REASONS, now}),
        ...logs.of(placed.pod, 'mount-failed'),
      ];
      for (const symptom of symptoms) {
        const entry = classifyError(symptom.text);
        if (entry?.judgedBy !== ID) continue;
        failing.add(placed.workload);
        yield failOf(placed, symptom, entry);
        break;
      }
    }
    const users = new Set(
      windowsVolumes(workloads, wants)
        .filter(v => SMB_DRIVERS.has(driverOf(v, name => SMB_DRIVERS.has(name)) ?? ''))
        .map(v => v.workload),
    );
    if (users.size + failing.size === 0) yield skip('no Windows pod uses an SMB share');
    for (const workload of users) if (!failing.has(workload)) yield logs.passOf(workload);
  },
});

function failOf(
  {pod, workload}: PlacedPod,
  symptom: Symptom,
  {id, meaning, remedy, links}: ErrorEntry,
): Outcome {
  const {nodeName: node} = pod;
  return failSpec(workload, {
    ...(node !== undefined && {node}),
    cause: id,
    message: `mounting an SMB share failed${node === undefined ? '' : ` on node \`${node}\``}: ${meaning}`,
    evidence: [symptom.ref],
    fix: [...remedy],
    links: [...links],
    ...(symptom.since !== undefined && {since: symptom.since}),
  });
}
