import {isRecent, lastSeen} from '../../kube/events.ts';
import {nodesOf} from '../../kube/os.ts';
import type {Event, Node} from '../../kube/types.ts';
import {rfc3339} from '../../snapshot/time.ts';
import type {ImageDisk} from '../../node/image-disk.ts';
import {valueOn} from '../../node/on-node.ts';
import type {NodeSystem} from '../../node/system.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {fileRefs} from '../each-node.ts';

/** Where image garbage collection starts (`imageGCHighThresholdPercent`), and where nothing can be unpacked any more. */
const WARN = 85;
const FULL = 95;
const REASONS: ReadonlySet<string> = new Set([
  'FreeDiskSpaceFailed',
  'ImageGCFailed',
  'EvictionThresholdMet',
]);
const PERCENT = /\((\d{1,3})% of [^)]{1,40} used\)/;
const OF_DISK = /image filesystem|garbage collect|ephemeral-storage|nodefs|imagefs|disk/i;

export default defineCheck({
  id: 'CRI010',
  name: 'image-filesystem-full',
  severity: 'warning',
  since: '0.1.0',
  title: 'The disk with images is nearly full',
  evidence: ['A', 'N'],
  needs: ['nodes', 'events'],
  wants: ['node.system', 'node.cri.stats'],
  passNeeds: ['node.system'],
  docs: {
    what: 'Events of the last hour about Windows nodes: FreeDiskSpaceFailed and ImageGCFailed, which the kubelet writes when more than 85 % of the image disk is used and removing unused images does not help, and EvictionThresholdMet for the disk. More than 95 % is an error. With the agent the disk itself is measured.',
    why: 'Images cannot be unpacked, pods are evicted, and image garbage collection removes what is needed again at once: on EKS even the pause image.',
    fix: [
      'On the node: `crictl rmi --prune`.',
      'Use a larger OS disk for the pool; Windows images take 0.3 to over 10 GB each.',
      'Give containers limits for `ephemeral-storage`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/architecture/garbage-collection/#containers-images'],
  },
  *run({nodes, events, wants, now}) {
    const told = new Map<string, Event>();
    for (const event of events) {
      const {kind, name = ''} = event.involvedObject;
      if (kind !== 'Node' || !REASONS.has(event.reason ?? '') || !isRecent(event, now)) continue;
      const known = told.get(name);
      if (
        OF_DISK.test(event.message ?? '') &&
        (percentOf(event) ?? 0) >= (known ? (percentOf(known) ?? 0) : 0)
      ) {
        told.set(name, event);
      }
    }
    for (const node of nodesOf('windows', nodes)) {
      const event = told.get(node.metadata.name);
      const {name} = node.metadata;
      const system = valueOn(wants['node.system'], name);
      const measured = system && measure(node, system, valueOn(wants['node.cri.stats'], name));
      if (measured || !event) {
        yield measured ?? pass(node);
        continue;
      }
      const percent = percentOf(event);
      yield fail(node, {
        severity: percent !== undefined && percent > FULL ? 'error' : 'warning',
        cause: 'full',
        message:
          percent === undefined
            ? `The disk of ${node.metadata.name} runs full, and removing unused images does not free enough`
            : `The image disk of ${node.metadata.name} is ${percent} % full (removal of images starts at ${WARN} %), and nothing more can be removed`,
        evidence: [ref(event, '/message', event.message)],
        since: event.firstTimestamp ?? rfc3339(lastSeen(event)),
      });
    }
  },
});

/** How full the disk is that containerd keeps images on; nothing where it has room. */
function measure(node: Node, {disks = []}: NodeSystem, images: ImageDisk | undefined): Outcome | undefined {
  const letter = (images?.mountpoint ?? DEFAULT_ROOT).slice(0, 2).toUpperCase();
  const index = disks.findIndex(d => d.name.toUpperCase().startsWith(letter));
  const {size, free} = disks[index] ?? {};
  if (size === undefined || free === undefined || size <= 0) return undefined;
  const percent = Math.floor(((size - free) / size) * 100);
  if (percent <= WARN) return undefined;
  return fail(node, {
    severity: percent > FULL ? 'error' : 'warning',
    cause: 'full',
    message: `The image disk ${letter} of ${node.metadata.name} is ${percent} % full (removal of images starts at ${WARN} %)`,
    evidence: [fileRefs(node)('system.json', `/disks/${index}/free`, free)],
  });
}

/** https://github.com/containerd/containerd/blob/main/defaults/defaults_windows.go */
const DEFAULT_ROOT = String.raw`C:\ProgramData\containerd\root`;

function percentOf({message = ''}: Event): number | undefined {
  const percent = PERCENT.exec(message)?.[1];
  return percent === undefined ? undefined : Number(percent);
}
