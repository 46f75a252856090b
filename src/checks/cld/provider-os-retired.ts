import {providerBuild} from '../../data/providers.ts';
import {osOfNode, windowsBuild} from '../../kube/os.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import {DAY, duration, millis} from '../../snapshot/time.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';

/** New pools, new images and tests: a quarter is what a team needs. */
const NEAR = 90 * DAY;

export default defineCheck({
  id: 'CLD004',
  name: 'provider-os-retired',
  severity: 'warning',
  since: '0.1.0',
  title: 'The provider retires the Windows of nodes',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'Compares the Windows build of every node with the date on which its provider ends it, and warns from 90 days before. The dates are data with their sources; where a provider states none, the check does not apply.',
    why: 'After the date there are no node images with fixes, no support, and often no upgrade of the cluster.',
    fix: [
      'Add a pool of the next Windows release beside the old one; the OS of a pool cannot be changed.',
      'Rebuild images for it, move the workloads by node selector, then remove the old pool.',
    ],
    links: [
      'https://learn.microsoft.com/azure/aks/upgrade-windows-os',
      'https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-versions-windows.html',
    ],
  },
  *run({nodes, now}): Iterable<Outcome> {
    let judged = false;
    for (const node of nodes) {
      const outcome = osOfNode(node) === 'windows' ? judgeNode(node, now) : undefined;
      if (!outcome) continue;
      judged = true;
      yield outcome;
    }
    if (!judged) yield skip('no provider states an end for the Windows of any node');
  },
});

function judgeNode(node: Node, now: number): Outcome | undefined {
  const provider = providerOfNode(node);
  const build = windowsBuild(node)?.build;
  const row = provider && build !== undefined ? providerBuild(provider, build) : undefined;
  const end = millis(row?.endOfSupport);
  if (!row || end === undefined) return undefined;
  const left = end - now;
  if (left > NEAR) return pass(node);
  const name = `${row.sku} on ${row.provider.toUpperCase()}`;
  return fail(node, {
    cause: `${row.provider} ${row.sku}`,
    message:
      left <= 0
        ? `support for ${name} ended on ${row.endOfSupport ?? ''}`
        : `support for ${name} ends on ${row.endOfSupport ?? ''}, in ${duration(left)}`,
    evidence: [ref(node, '/status/nodeInfo/kernelVersion', node.status.nodeInfo?.kernelVersion)],
    links: [row.link],
  });
}
