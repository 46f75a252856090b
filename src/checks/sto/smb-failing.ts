import type {ErrorEntry} from '../../data/errors.ts';
import {classifyError} from '../../data/errors.ts';
import {indexEvents} from '../../kube/events.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import {isTerminating, isWell, windowsPods} from '../../kube/pods.ts';
import type {Event} from '../../kube/types.ts';
import type {Workload} from '../../kube/workloads.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, ref, skip} from '../define.ts';
import {driverOf, windowsVolumes} from './shared/windows-volumes.ts';

/** Drivers that mount SMB shares on Windows nodes. */
const SMB_DRIVERS: ReadonlySet<string> = new Set(['smb.csi.k8s.io', 'file.csi.azure.com']);
const REASONS: ReadonlySet<string> = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume']);

export default defineCheck({
  id: 'STO004',
  name: 'smb-failing',
  severity: 'error',
  since: '0.1.0',
  title: 'An SMB share cannot be mounted on a Windows node',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events'],
  wants: ['persistentVolumeClaims', 'persistentVolumes', 'storageClasses', 'nodes', 'runtimeClasses'],
  passNeeds: ['node.logs'],
  docs: {
    what: "Reads the failed mounts of the last hour of Windows pods that are not running, and tells them apart by Windows' own words and codes: credentials refused (1326), server or share not found (53, 67), a second user on one server, a malformed source, no further process (0xC0000142). The logs of the driver on the node show the rest.",
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
    const failing = new Set<Workload>();
    for (const placed of windowsPods(workloads, wants)) {
      if (isWell(placed.pod) || isTerminating(placed.pod)) continue;
      for (const event of index.recent(placed.pod, now)) {
        const entry = REASONS.has(event.reason ?? '') ? classifyError(event.message ?? '') : undefined;
        if (entry?.judgedBy !== 'STO004') continue;
        failing.add(placed.workload);
        yield failOf(placed, event, entry);
        break;
      }
    }
    const users = new Set(
      windowsVolumes(workloads, wants)
        .filter(v => SMB_DRIVERS.has(driverOf(v, name => SMB_DRIVERS.has(name)) ?? ''))
        .map(v => v.workload),
    );
    if (users.size + failing.size === 0) yield skip('no Windows pod uses an SMB share');
    for (const workload of users) if (!failing.has(workload)) yield pass(workload.owner);
  },
});

function failOf({pod, workload}: PlacedPod, event: Event, {id, meaning, remedy, links}: ErrorEntry): Outcome {
  const {nodeName: node} = pod;
  return failSpec(workload, {
    ...(node !== undefined && {node}),
    cause: id,
    message: `mounting an SMB share failed${node === undefined ? '' : ` on node \`${node}\``}: ${meaning}`,
    evidence: [ref(event, '/message', event.message)],
    fix: [...remedy],
    links: [...links],
    ...(event.firstTimestamp !== undefined && {since: event.firstTimestamp}),
  });
}
