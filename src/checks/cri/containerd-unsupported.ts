import {RELEASES, missedSupport} from '../../data/containerd.ts';
import {isManagedNode} from '../../kube/provider.ts';
import {formatVersion, minorOf, parseVersion} from '../../kube/version.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {noVersion, nodeRuntimes} from './shared/runtimes.ts';

export default defineCheck({
  id: 'CRI003',
  name: 'containerd-unsupported',
  severity: 'warning',
  since: '0.1.0',
  title: 'containerd is older than the Kubernetes version wants',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The containerd of each Windows node against the releases that its project recommends for the node’s Kubernetes version. On nodes that AKS, EKS or GKE manage it is an information: they choose containerd and patch it themselves. Versions that cannot be containerd’s are not judged.',
    why: 'The pair is not tested: fixes for Windows are missing, and newer kubelets use calls that it does not have.',
    fix: [
      'Upgrade containerd on the nodes, one after the other, after draining each.',
      'On managed nodes: upgrade the node image of the pool.',
    ],
    links: ['https://github.com/containerd/containerd/blob/main/RELEASES.md#kubernetes-support', RELEASES],
  },
  *run({nodes}) {
    for (const found of nodeRuntimes(nodes)) {
      const {node, runtime, pointer} = found;
      const kubernetes = parseVersion(node.status.nodeInfo?.kubeletVersion);
      if (runtime && runtime.name !== 'containerd') yield skip('the node does not run containerd');
      else if (!runtime?.version || !kubernetes) yield noVersion(found);
      else {
        const missed = missedSupport(runtime.version, kubernetes);
        if (!missed) {
          yield pass(node);
          continue;
        }
        yield fail(node, {
          severity: isManagedNode(node) ? 'info' : 'warning',
          cause: isManagedNode(node) ? 'managed' : 'own',
          message: `${node.metadata.name} has containerd ${formatVersion(runtime.version)}; for Kubernetes ${minorOf(kubernetes)} its project wants ${missed.containerd.join(', ')} or later of the same line`,
          evidence: [
            ref(node, pointer, node.status.nodeInfo?.containerRuntimeVersion),
            ref(node, '/status/nodeInfo/kubeletVersion', node.status.nodeInfo?.kubeletVersion),
          ],
        });
      }
    }
  },
});
