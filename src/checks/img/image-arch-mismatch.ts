import {splitImage} from '../../data/image-tags.ts';
import {containersOf} from '../../kube/containers.ts';
import type {Node} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, ref, subjectOf} from '../define.ts';
import type {ImageError, SickPod} from './shared/image-errors.ts';
import {failOf, imageErrors, nameOfImage} from './shared/image-errors.ts';

/** What Windows says of a program for another processor. */
const WORDS = [
  'is not a valid win32 application',
  'not compatible with the version of windows you',
  'exec format error',
];
const IN_TAG = /(?:^|[-_.])(amd64|x64|arm64|arm64v8)(?:$|[-_.])/;
const IN_REPOSITORY = /(?:^|\/)(winamd64|amd64|arm64v8)\//;
const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['amd64', 'amd64'],
  ['x64', 'amd64'],
  ['winamd64', 'amd64'],
  ['arm64', 'arm64'],
  ['arm64v8', 'arm64'],
]);

export default defineCheck({
  id: 'IMG012',
  name: 'image-arch-mismatch',
  severity: 'error',
  since: '0.1.0',
  title: 'Images are for another processor than the node',
  evidence: ['A'],
  needs: ['workloads', 'nodes'],
  wants: ['events', 'runtimeClasses'],
  docs: {
    what: 'Windows pods that do not run and whose image, by its name or tag (`-arm64`, `winamd64/…`), is for another architecture than their node has, or whose start ended with Windows’ words for that (`is not a valid Win32 application`).',
    why: 'Windows cannot load the program.',
    fix: [
      'Use the image for the architecture of the node: `kubectl get nodes -L kubernetes.io/arch`.',
      'Pin the workload: `nodeSelector: {kubernetes.io/arch: amd64}`.',
    ],
    links: ['https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch'],
  },
  *run({workloads, nodes, now, wants}) {
    const byName = new Map<string, Node>(nodes.map(n => [n.metadata.name, n]));
    const context = {...wants, nodes: collected(nodes), now};
    for (const {workload, sick} of imageErrors(workloads, context)) {
      const fails = sick.flatMap(pod => judge(pod, byName) ?? []);
      yield* fails;
      if (fails.length === 0) yield pass(workload.owner);
    }
  },
});

function judge({placed, errors}: SickPod, nodes: ReadonlyMap<string, Node>): Fail | undefined {
  const {pod, view, workload} = placed;
  const said = errors.find(saysWrongArchitecture);
  if (said) {
    return failOf(said, {
      cause: 'refused',
      message: `${pod.nodeName ?? 'The node'} cannot load the program of ${nameOfImage(said)}: it is for another processor`,
    });
  }
  const node = nodes.get(pod.nodeName ?? '');
  const arch = node?.status.nodeInfo?.architecture;
  if (!node || arch === undefined || errors.length === 0) return undefined;
  for (const {container, pointer} of containersOf(view.spec)) {
    const stated = architectureOf(container.image);
    if (stated === undefined || stated === arch) continue;
    const message = `\`${container.image}\` is for ${stated}, and ${node.metadata.name} is ${arch}`;
    const evidence = [
      ref(pod, `/spec${pointer}/image`, container.image),
      ref(node, '/status/nodeInfo/architecture', arch),
    ];
    return {
      ...fail(pod, {cause: 'name', message, evidence}),
      subject: subjectOf(workload.owner),
      workload: idOf(workload.owner),
    };
  }
  return undefined;
}

function saysWrongArchitecture({text}: ImageError): boolean {
  const lowered = text.toLowerCase();
  return WORDS.some(words => lowered.includes(words));
}

/** The architecture that an image's name states, as Kubernetes calls it. */
function architectureOf(image: string | undefined): string | undefined {
  const {repository, tag = ''} = splitImage(image ?? '');
  const word = IN_TAG.exec(tag.toLowerCase())?.[1] ?? IN_REPOSITORY.exec(repository)?.[1];
  return word === undefined ? undefined : ARCHITECTURES.get(word);
}
