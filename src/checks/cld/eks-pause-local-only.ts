import {osOfNode} from '../../kube/os.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import {valueOn} from '../../node/on-node.ts';
import type {PauseState} from '../../node/pause.ts';
import type {NodeSystem} from '../../node/system.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {fileRefs} from '../each-node.ts';

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
  wants: ['node.cri.pause', 'node.system'],
  passNeeds: ['node.cri.pause'],
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
  *run({nodes, wants}): Iterable<Outcome> {
    const windows = nodes.filter(n => osOfNode(n) === 'windows' && providerOfNode(n) === 'eks');
    if (windows.length === 0) yield skip('the cluster has no Windows nodes on EKS');
    for (const node of windows) {
      const {name} = node.metadata;
      const pause = valueOn(wants['node.cri.pause'], name);
      yield pause?.configured ? byRuntime(node, pause, valueOn(wants['node.system'], name)) : judgeNode(node);
    }
  },
});

/** kubelets remove images from here on (`imageGCHighThresholdPercent`). */
const GC_THRESHOLD = 85;

/** What the runtime itself says: how it is pinned, and whether garbage collection is near. */
function byRuntime(node: Node, {configured, image}: PauseState, system: NodeSystem | undefined): Outcome {
  const name = configured?.image ?? '';
  if (!LOCAL_PAUSE.test(name)) return pass(node);
  const disk = system?.disks?.find(d => d.name.toUpperCase().startsWith('C:'));
  const used =
    disk?.size !== undefined && disk.free !== undefined && disk.size > 0
      ? Math.floor(((disk.size - disk.free) / disk.size) * 100)
      : undefined;
  const endangered = image?.present === true && !image.pinned && used !== undefined && used > GC_THRESHOLD;
  const pinned = image?.pinned === true ? 'pinned' : 'not pinned';
  return fail(node, {
    cause: 'pause-local-only',
    severity: endangered ? 'warning' : 'info',
    message: `the pause image \`${name}\` exists on the node only (${pinned}): once it is removed, no pod starts there${endangered ? `, and the disk is ${used} % full` : ''}`,
    evidence: [fileRefs(node)('cri/pause.json', '/configured/image', name)],
  });
}

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
