import {isRecent} from '../../kube/events.ts';
import {nodesOf, osJudge} from '../../kube/os.ts';
import type {PerNode} from '../../node/evidence.ts';
import type {NodeImage} from '../../node/images.ts';
import type {Indexed} from '../../node/items.ts';
import {valueOn} from '../../node/on-node.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {containersOf} from '../../kube/containers.ts';
import {formatBytes} from '../../kube/quantity.ts';
import type {Node} from '../../kube/types.ts';
import {decisiveSpecs} from '../../kube/workloads.ts';
import {collected} from '../../snapshot/evidence.ts';
import {SECOND, duration} from '../../snapshot/time.ts';
import type {Ref} from '../define.ts';
import {defineCheck, failSpec, pass, ref, skip, specRef} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {loggedPulls, pullSpeed, readPull} from './shared/pulls.ts';
import type {Pull} from './shared/pulls.ts';

/** After this a Deployment counts as failed: the default of `progressDeadlineSeconds`. */
const START_DEADLINE = 600;

export default defineCheck({
  id: 'IMG010',
  name: 'image-large',
  severity: 'info',
  since: '0.1.0',
  title: 'Images take longer to pull than a pod may take to start',
  evidence: ['A', 'N'],
  needs: ['workloads', 'events', 'nodes'],
  wants: ['runtimeClasses', 'node.cri.images', 'node.logs'],
  passNeeds: ['node.cri.images'],
  docs: {
    what: 'Sizes of images of Windows workloads, by events of the last hour (`Successfully pulled image … Image size: …`) and the image lists of Windows nodes and of their containerd, divided by the median speed of the pulls that those events and the logs of containerd tell of. It fails where that exceeds 10 minutes, the default `progressDeadlineSeconds` of a Deployment, or where a pull did take longer.',
    why: 'On a new node the pod stays ContainerCreating until roll-outs count as failed and CI builds run into their init timeout.',
    fix: [
      'Preload base images on the nodes: a custom node image, or a DaemonSet that pulls them.',
      'Use a smaller base (`nanoserver` instead of `servercore`), and fewer layers of your own.',
      'Raise `progressDeadlineSeconds`, or the init timeout of the build.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
    ],
  },
  *run({workloads, events, nodes, now, wants}) {
    const windows = nodesOf('windows', nodes);
    const pulls = [
      ...events.flatMap(e => (isRecent(e, now) ? (readPull(e) ?? []) : [])),
      ...windows.flatMap(node => loggedPulls(node, valueOn(wants['node.logs'], node.metadata.name))),
    ];
    const speed = pullSpeed(pulls);
    if (speed === undefined) {
      yield skip('no event and no log tells how fast images are pulled');
      return;
    }
    const sizes = sizesOf(windows, pulls, wants['node.cri.images']);
    const judge = osJudge({nodes: collected(nodes), runtimeClasses: wants.runtimeClasses});
    for (const workload of workloads) {
      const view = decisiveSpecs(workload).find(v => judge(v) === 'windows');
      if (!view) continue;
      const slow = containersOf(view.spec).flatMap(({container: {image = ''}, pointer}) => {
        const size = sizes.get(image);
        const seconds = size && (size.seconds ?? size.bytes / speed);
        return size && seconds !== undefined && seconds > START_DEADLINE
          ? [{image, pointer, seconds, ...size}]
          : [];
      });
      const [first] = slow;
      if (!first) {
        yield pass(workload.owner);
        continue;
      }
      yield failSpec(workload, {
        cause: 'slow-pull',
        message: `\`${first.image}\` (${formatBytes(first.bytes)}) takes about ${duration(first.seconds * SECOND)} to pull, longer than the ${duration(START_DEADLINE * SECOND)} that a roll-out may take`,
        evidence: [specRef(view, `${first.pointer}/image`, first.image), first.proof],
      });
    }
  },
});

interface Size {
  bytes: number;
  /** How long its slowest pull took. */
  seconds?: number;
  proof: Ref;
}

function sizesOf(
  windows: readonly Node[],
  pulls: readonly Pull[],
  images: Evidence<PerNode<Indexed<NodeImage>[]>>,
): Map<string, Size> {
  const sizes = new Map<string, Size>();
  for (const node of windows) {
    // The Node object lists fifty images at most (`--node-status-max-images`), the runtime all.
    for (const {index, repoTags, size} of valueOn(images, node.metadata.name) ?? []) {
      if (size === undefined) continue;
      const proof = fileRefs(node)('cri/images.json', `/images/${index}/size`);
      for (const name of repoTags) sizes.set(name, {bytes: size, proof});
    }
    (node.status.images ?? []).forEach(({names = [], sizeBytes}, i) => {
      if (sizeBytes === undefined) return;
      const proof = ref(node, `/status/images/${i}/sizeBytes`, sizeBytes);
      for (const name of names) sizes.set(name, {bytes: sizeBytes, proof});
    });
  }
  for (const {image, bytes, seconds, proof} of pulls) {
    const known = sizes.get(image)?.seconds ?? 0;
    if (seconds > known) sizes.set(image, {bytes, seconds, proof});
  }
  return sizes;
}
