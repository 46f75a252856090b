import {osOfNode} from '../../kube/os.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';

/** The name that EKS gives the pause image on its Windows nodes; no registry has it. */
const LOCAL_PAUSE = /(^|\/)eks\/pause-windows(:|@|$)/;

export default defineCheck({
  id: 'CLD005',
  name: 'eks-pause-local-only',
  severity: 'info',
  since: '0.1.0',
  title: 'The pause image of EKS nodes exists on the node only',
  evidence: ['A', 'N'],
  needs: ['nodes'],
  passNeeds: ['node.cri.images'],
  docs: {
    what: 'Names the Windows nodes of EKS that hold the pause image under its local name `amazonaws.com/eks/pause-windows`. A kubelet lists its 50 largest images only, so that an absence proves nothing until the runtime itself was asked.',
    why: 'If garbage collection of images removes it, it cannot be pulled again, and no pod starts on that node any more: FailedCreatePodSandBox for every one.',
    fix: [
      'Nothing to do while the disk has room; watch the image file system (CRI010).',
      'Where it is gone, replace the node: a new one brings it.',
      'Newer AMIs pin the image, so that it is never removed.',
    ],
    links: ['https://github.com/awslabs/amazon-eks-ami/issues/1632'],
  },
  *run({nodes}): Iterable<Outcome> {
    const windows = nodes.filter(n => osOfNode(n) === 'windows' && providerOfNode(n) === 'eks');
    if (windows.length === 0) yield skip('the cluster has no Windows nodes on EKS');
    for (const node of windows) yield judgeNode(node);
  },
});

function judgeNode(node: Node): Outcome {
  const images = node.status.images ?? [];
  for (const [i, {names = []}] of images.entries()) {
    const name = names.find(n => LOCAL_PAUSE.test(n));
    if (name === undefined) continue;
    return fail(node, {
      cause: 'pause-local-only',
      message: `the pause image \`${name}\` exists on the node only: once image garbage collection removes it, no pod starts there`,
      evidence: [ref(node, `/status/images/${i}/names`, names)],
    });
  }
  return pass(node);
}
