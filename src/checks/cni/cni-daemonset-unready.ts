import {cnisOf} from '../../kube/cni.ts';
import type {CniPresence} from '../../kube/cni.ts';
import {nodesOf} from '../../kube/os.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {Provider} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import {count} from '../../text/words.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, skip, unknown} from '../define.ts';
import {judgeDaemons} from './shared/daemon-nodes.ts';

/** Where the CNI of Windows nodes is a program or service of the node's image, and no pod. */
const IN_IMAGE: ReadonlySet<Provider> = new Set(['aks', 'eks', 'gke', 'openshift', 'rke2']);

export default defineCheck({
  id: 'CNI006',
  name: 'cni-daemonset-unready',
  severity: 'error',
  since: '0.1.0',
  title: 'The agent of the pod network is not ready on nodes',
  evidence: ['A'],
  needs: ['nodes', 'workloads'],
  wants: ['configMaps'],
  docs: {
    what: 'Recognises the CNI plugin (flannel, Calico, Antrea, Azure, AWS VPC, OVN, Cilium) by its DaemonSets, and fails where a Windows node has no ready pod of it. Linux nodes without a ready pod of theirs are a warning, as CoreDNS and Linux backends sit there. Where the CNI of Windows nodes is part of the node image (AKS, EKS, GKE, OpenShift, RKE2) their DaemonSets are judged only as far as they have pods.',
    why: 'Without its agent a node makes no HNS network, or its routes to other nodes grow stale: new pods stay in ContainerCreating, old ones lose pods on other nodes.',
    fix: [
      'Read why: `kubectl describe pod` and `kubectl logs` of the pod named.',
      'Where it waits for an image, check that its tag has the Windows build of the node.',
      'Restart the pod; on Windows restart kube-proxy of the node after it.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/',
      'https://github.com/kubernetes-sigs/sig-windows-tools/tree/master/hostprocess',
    ],
  },
  many: (fails, subjects) =>
    `The network agent is not ready on ${count(new Set(fails.map(f => f.node)).size, 'node')} (${count(subjects, 'DaemonSet')}): ${fails[0]?.message ?? ''}`,
  *run({nodes, workloads, wants, now}) {
    const windows = nodesOf('windows', nodes);
    const linux = nodesOf('linux', nodes);
    if (windows.length === 0) return;
    const configMaps = wants.configMaps.ok ? wants.configMaps.value : [];
    const cnis = [...cnisOf({workloads, configMaps, nodes}).values()];
    yield* onWindows(cnis, windows, now);
    for (const {cni, daemons} of cnis) {
      if (daemons.linux.length === 0) continue;
      const own = linux.filter(n =>
        daemons.linux.some(w => w.pods.some(p => p.nodeName === n.metadata.name)),
      );
      yield* judgeDaemons({
        workloads: daemons.linux,
        nodes: own,
        what: `the ${cni} agent`,
        now,
        severity: 'warning',
      });
    }
  },
});

function* onWindows(
  cnis: readonly CniPresence[],
  nodes: readonly Node[],
  now: number,
): ReturnType<typeof judgeDaemons> {
  const withDaemons = cnis.filter(c => c.daemons.windows.length > 0);
  for (const {cni, daemons} of withDaemons) {
    const workloads = daemons.windows;
    const expected = nodes.filter(node => {
      const provider = providerOfNode(node);
      const has = workloads.some(w => w.pods.some(p => p.nodeName === node.metadata.name));
      return has || provider === undefined || !IN_IMAGE.has(provider);
    });
    yield* judgeDaemons({workloads, nodes: expected, what: `the ${cni} agent`, now});
  }
  if (withDaemons.length > 0) return;
  for (const node of nodes) {
    const provider = providerOfNode(node);
    if (provider !== undefined && IN_IMAGE.has(provider))
      yield skip(`the CNI of ${provider} nodes is no pod`);
    else
      yield unknown(
        {kind: 'Node', name: node.metadata.name},
        'workloads',
        missing(
          'unsupported',
          'no DaemonSet of a known CNI plugin is for Windows; it may run as a service of the node',
        ),
      );
  }
}
