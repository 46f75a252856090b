import {smbErrorOf} from '../../data/smb-errors.ts';
import type {Event} from '../../kube/types.ts';
import type {Workload} from '../../kube/workloads.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, ref, skip} from '../define.ts';
import {driverOf, windowsVolumes} from './windows-volumes.ts';

/** Drivers that mount SMB shares on Windows nodes. */
const SMB_DRIVERS: ReadonlySet<string> = new Set(['smb.csi.k8s.io', 'file.csi.azure.com']);
const REASONS: ReadonlySet<string> = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume']);
/** What only a Windows node says. */
const WINDOWS_WORDS = /SmbGlobalMapping|0xc0000142/i;

export default defineCheck({
  id: 'STO004',
  name: 'smb-failing',
  severity: 'error',
  since: '0.1.0',
  title: 'An SMB share cannot be mounted on a Windows node',
  evidence: ['A', 'N'],
  needs: ['events', 'workloads'],
  wants: ['persistentVolumeClaims', 'persistentVolumes', 'storageClasses', 'nodes', 'runtimeClasses'],
  passNeeds: ['node.logs'],
  docs: {
    what: "Reads failed mounts of Windows pods and tells them apart by Windows' own code: wrong credentials (1326), no right (5), server not found (53), share not found (67), a second user (1219), a malformed source (87), no further process (0xC0000142). Events last an hour; the logs of the driver on the node show the rest.",
    why: 'The pod stays in ContainerCreating. On Windows the node makes the connection, not the pod: it resolves names and routes as the node does, and one user a server is all that it may be.',
    fix: [
      'Read the message in full: `kubectl describe pod POD -n NAMESPACE`, and the log of the driver on that node.',
    ],
    links: [
      'https://github.com/kubernetes-csi/csi-driver-smb/blob/master/docs/csi-debug.md',
      'https://learn.microsoft.com/powershell/module/smbshare/new-smbglobalmapping',
    ],
  },
  *run({events, workloads, wants}): Iterable<Outcome> {
    const users = new Set(
      windowsVolumes(workloads, wants)
        .filter(v => SMB_DRIVERS.has(driverOf(v, name => SMB_DRIVERS.has(name)) ?? ''))
        .map(v => v.workload),
    );
    const byPod = new Map<string, Workload>();
    for (const workload of workloads) {
      for (const {metadata} of workload.pods)
        byPod.set(`${metadata.namespace ?? ''}/${metadata.name}`, workload);
    }
    const failing = new Set<Workload>();
    for (const event of events) {
      const {kind, namespace = '', name = ''} = event.involvedObject;
      const workload = kind === 'Pod' ? byPod.get(`${namespace}/${name}`) : undefined;
      const message = event.message ?? '';
      if (!workload || !REASONS.has(event.reason ?? '')) continue;
      if (!users.has(workload) && !WINDOWS_WORDS.test(message)) continue;
      const error = smbErrorOf(message);
      if (!error) continue;
      failing.add(workload);
      yield failOf(workload, event, error);
    }
    if (users.size + failing.size === 0) yield skip('no Windows pod uses an SMB share');
    for (const workload of users) if (!failing.has(workload)) yield pass(workload.owner);
  },
});

function failOf(
  workload: Workload,
  event: Event,
  error: NonNullable<ReturnType<typeof smbErrorOf>>,
): Outcome {
  const {cause, meaning, fix, links} = error;
  const {name} = event.involvedObject;
  const node = workload.pods.find(p => p.metadata.name === name)?.nodeName;
  return failSpec(workload, {
    ...(node !== undefined && {node}),
    cause,
    message: `mounting an SMB share failed${node === undefined ? '' : ` on node \`${node}\``}: ${meaning}`,
    evidence: [ref(event, '/message', event.message)],
    fix: [...fix],
    links: [...links],
    ...(event.firstTimestamp !== undefined && {since: event.firstTimestamp}),
  });
}
