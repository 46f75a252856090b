import {splitImage} from '../../data/image-tags.ts';
import {containersOf} from '../../kube/os.ts';
import type {Node} from '../../kube/types.ts';
import {defineCheck, fail, pass, ref, subjectOf} from '../define.ts';
import type {ImageError} from './image-errors.ts';
import {failOf, imageErrors, nameOfImage} from './image-errors.ts';

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
    const context = {...wants, nodes: {ok: true, value: nodes} as const, now};
    for (const {placed, errors} of imageErrors(workloads, context)) {
      const {pod, view, workload} = placed;
      const said = errors.find(saysWrongArchitecture);
      if (said) {
        yield failOf(said, {
          cause: 'refused',
          message: `${pod.nodeName ?? 'The node'} cannot load the program of ${nameOfImage(said)}: it is for another processor`,
        });
        continue;
      }
      const node = byName.get(pod.nodeName ?? '');
      const arch = node?.status.nodeInfo?.architecture;
      const wrong = containersOf(view.spec).find(({container}) => {
        const stated = architectureOf(container.image);
        return stated !== undefined && arch !== undefined && stated !== arch;
      });
      if (!wrong || !node || errors.length === 0) {
        yield pass(pod);
        continue;
      }
      yield {
        ...fail(pod, {
          cause: 'name',
          message: `\`${wrong.container.image}\` is for ${architectureOf(wrong.container.image)}, and ${node.metadata.name} is ${arch}`,
          evidence: [
            ref(pod, `/spec${wrong.pointer}/image`, wrong.container.image),
            ref(node, '/status/nodeInfo/architecture', arch),
          ],
        }),
        subject: subjectOf(workload.owner),
      };
    }
  },
});

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
