import {nodesOf} from '../../kube/os.ts';
import {count} from '../../text/words.ts';
import {cnisOf} from '../../kube/cni.ts';
import {defineCheck} from '../define.ts';
import {judgeDaemons} from './shared/daemon-nodes.ts';
import {windowsKubeProxies} from '../../kube-proxy/daemons.ts';
import {runsAsService} from './shared/kube-proxy.ts';
import {judgeService} from './shared/kube-proxy-service.ts';

/** Network plugins that can do the work of kube-proxy themselves. */
const REPLACING = ['antrea', 'ovn-hybrid', 'cilium'] as const;

export default defineCheck({
  id: 'CNI007',
  name: 'kube-proxy-unready',
  severity: 'error',
  since: '0.1.0',
  title: 'kube-proxy is not ready on Windows nodes',
  evidence: ['A', 'N'],
  needs: ['nodes', 'workloads'],
  wants: ['node.services', 'node.processes'],
  passNeeds: ['node.services'],
  docs: {
    what: 'Looks for a ready pod of the DaemonSet of kube-proxy for Windows on every Windows node. On AKS, EKS, GKE, OpenShift and RKE2 kube-proxy is a service of the node, which only the agent sees: it fails where that does not run and no process of that name does. Where no DaemonSet of it is for Windows, it may be one, too; where it is not there at all, a CNI that replaces it (Antrea, OVN-Kubernetes) explains it.',
    why: '`kube-proxy` makes the HNS load balancers of all Services of its node. While it is down, new Services and changed backends are not seen there, and after a reboot no Service works at all, DNS among them.',
    fix: [
      'Read why: `kubectl describe pod` and `kubectl logs` of the pod named.',
      'Check that its image tag fits the version of the node and the network mode: `kubectl get daemonset -n kube-system kube-proxy-windows -o yaml`.',
      'See that the HNS network which it waits for exists: `hnsdiag list networks` on it.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/#load-balancing-and-services',
      'https://github.com/kubernetes/kubernetes/issues/79515',
    ],
  },
  many: (fails, subjects) =>
    `kube-proxy is not ready on ${count(new Set(fails.map(f => f.node)).size, 'Windows node')} (${count(subjects, 'DaemonSet')}): ${fails[0]?.message ?? ''}`,
  *run({nodes, workloads, wants, now}) {
    const windows = nodesOf('windows', nodes);
    const proxies = windowsKubeProxies(workloads);
    const cnis = cnisOf({workloads, nodes});
    const replaced = REPLACING.some(cni => cnis.has(cni));
    const asPods = [];
    for (const node of windows) {
      if (proxies.length > 0 && !runsAsService(node)) asPods.push(node);
      else
        yield judgeService(node, {
          services: wants['node.services'],
          processes: wants['node.processes'],
          replaced,
        });
    }
    yield* judgeDaemons({workloads: proxies, nodes: asPods, what: 'kube-proxy', now});
  },
});
