import {buildName, imageRunsOn} from '../../data/builds.ts';
import {buildOfImage} from '../../data/image-tags.ts';
import {isHypervisorHandler} from '../../data/handlers.ts';
import {BUILD_LABEL, osOfNode, runtimeClassOf, windowsBuild} from '../../kube/os.ts';
import {containersOf, isHostProcess} from '../../kube/containers.ts';
import {isWell, windowsPods} from '../../kube/pods.ts';
import type {PlacedPod} from '../../kube/pods.ts';
import type {Node, RuntimeClass} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {idOf} from '../../kube/workloads.ts';
import type {NodeImage} from '../../node/images.ts';
import {imageNamed} from '../../node/images.ts';
import type {Indexed} from '../../node/items.ts';
import {valueOn} from '../../node/on-node.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Fail} from '../define.ts';
import {defineCheck, pass, ref, subjectOf} from '../define.ts';
import {fileRefs} from '../each-node.ts';

export default defineCheck({
  id: 'IMG001',
  name: 'image-build-incompatible',
  severity: 'error',
  since: '0.1.0',
  title: 'Images are for another Windows build than the node',
  evidence: ['A', 'N'],
  needs: ['workloads', 'nodes'],
  wants: ['runtimeClasses', 'node.cri.images'],
  passNeeds: ['node.cri.images'],
  docs: {
    what: 'Images of Windows pods that sit on a node and do not run, by the build that their tag states (`ltsc2022`, `1809`, `10.0.20348.2582`), against the build of the node. Under process isolation Server 2019 runs images of 2019 only, Server 2022 of 2022, version 23H2 of 2022, and Server 2025 of 2022 and 2025. HostProcess containers and Hyper-V isolation are spared. A tag that states no build takes the agent, which reads `os.version` of the pulled image.',
    why: 'The container cannot start on that node: the pull finds no entry, or the start ends with 0xc0370101.',
    fix: [
      'Use the tag for the build of the node, or one with entries for both builds.',
      'Send the pods to nodes of their build: `nodeSelector: {node.kubernetes.io/windows-build: 10.0.BUILD}`.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
    ],
  },
  *run({workloads, nodes, wants}) {
    const {runtimeClasses} = wants;
    const byName = new Map<string, Node>(nodes.map(n => [n.metadata.name, n]));
    const stated = new Map<SpecView, Image[]>();
    const fits = new Map<Workload, boolean>();
    for (const placed of windowsPods(workloads, {nodes: collected(nodes), runtimeClasses})) {
      const {pod, view, workload} = placed;
      // That a pod runs proves more than its tag says.
      const node = isWell(pod) ? undefined : byName.get(pod.nodeName ?? '');
      let images = stated.get(view);
      if (!images) stated.set(view, (images = imagesOf(view, runtimeClasses)));
      const pulled = node && valueOn(wants['node.cri.images'], node.metadata.name);
      const found = node && judge(placed, {images, node, nodes, pulled: pulled ?? []});
      if (found) yield found;
      fits.set(workload, (fits.get(workload) ?? true) && found === undefined);
    }
    for (const [workload, isFit] of fits) if (isFit) yield pass(workload.owner);
  },
});

interface Image {
  name: string;
  /** By its tag. */
  build: number | undefined;
  pointer: string;
}

/** An image with the build that it is for, and where the node says so, if it was pulled. */
interface Built {
  image: Image;
  build: number;
  pulled?: Indexed<NodeImage>;
}

/** Images whose build matters: HostProcess and Hyper-V isolation run any. */
function imagesOf({spec}: SpecView, runtimeClasses: Evidence<RuntimeClass[]>): Image[] {
  if (isHostProcess(spec) || isHypervisorHandler(runtimeClassOf(spec, runtimeClasses)?.handler)) return [];
  return containersOf(spec).map(({container: {image: name = ''}, pointer}) => ({
    name,
    pointer,
    build: buildOfImage(name),
  }));
}

/** What was pulled says more than a tag, which may be any name. */
function builtFor(image: Image, images: readonly Indexed<NodeImage>[]): Built[] {
  const pulled = imageNamed(images, image.name);
  const build = Number(pulled?.osVersion?.split('.')[2]);
  if (pulled && Number.isInteger(build)) return [{image, build, pulled}];
  return image.build === undefined ? [] : [{image, build: image.build}];
}

function judge(
  {pod, workload}: PlacedPod,
  {
    images,
    node,
    nodes,
    pulled,
  }: {
    images: readonly Image[];
    node: Node;
    nodes: readonly Node[];
    pulled: readonly Indexed<NodeImage>[];
  },
): Fail | undefined {
  const host = windowsBuild(node)?.build;
  const wrong = images
    .flatMap(image => builtFor(image, pulled))
    .find(({build}) => host !== undefined && !imageRunsOn(build, host));
  if (!wrong || host === undefined) return undefined;
  return {
    status: 'fail',
    subject: subjectOf(workload.owner),
    workload: idOf(workload.owner),
    node: node.metadata.name,
    cause: `${wrong.build}-on-${host}`,
    message: `\`${wrong.image.name}\` is for ${buildName(wrong.build)} and cannot run on ${node.metadata.name}, which is ${buildName(host)}`,
    evidence: [
      ref(pod, `/spec${wrong.image.pointer}/image`, wrong.image.name),
      ...(wrong.pulled
        ? [
            fileRefs(node)(
              'cri/images.json',
              `/images/${wrong.pulled.index}/info/imageSpec/os.version`,
              wrong.pulled.osVersion,
            ),
          ]
        : []),
      ref(node, '/status/nodeInfo/kernelVersion', node.status.nodeInfo?.kernelVersion),
    ],
    fix: [
      `Use the tag for ${buildName(host)}, or one with entries for both builds.`,
      hostStep(wrong.build, nodes),
    ],
  };
}

/** Where the image could run in this cluster. */
function hostStep(build: number, nodes: readonly Node[]): string {
  const builds = nodes.flatMap(n => (osOfNode(n) === 'windows' ? (windowsBuild(n)?.build ?? []) : []));
  const fitting = builds.includes(build) ? build : builds.find(host => imageRunsOn(build, host));
  return fitting === undefined
    ? `Or add a pool with ${buildName(build)}: no node of this cluster runs such an image.`
    : `Or send the pods to nodes of their build: \`nodeSelector: {${BUILD_LABEL}: 10.0.${fitting}}\`.`;
}
