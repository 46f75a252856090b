import {kubeProxies} from '../../kube/kube-proxy.ts';
import type {KubeProxy} from '../../kube/kube-proxy.ts';
import {nodesOf} from '../../kube/os.ts';
import {formatVersion, parseVersion} from '../../kube/version.ts';
import type {Version} from '../../kube/version.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';
import {lacks} from './shared/node-facts.ts';

/** Minors that kubelet and kube-proxy may be behind the API server: https://kubernetes.io/releases/version-skew-policy/. */
const MAX_BEHIND = 3;
/** Until 1.28 they were two. */
const MAX_BEHIND_BEFORE_1_28 = 2;
const THREE_MINORS_SINCE = 28;

export default defineCheck({
  id: 'NOD004',
  name: 'kubelet-skew',
  severity: 'error',
  since: '0.1.0',
  title: 'Kubelets are too far from the API server',
  evidence: ['A'],
  needs: ['nodes', 'version'],
  wants: ['pods'],
  docs: {
    what: 'The kubelet of each Windows node against the API server: it may not be newer, nor more than three minor versions older (two before 1.28). kube-proxy by the same rule, as a warning; its version is read from its pod, else from the Node object.',
    why: 'Beyond the skew nobody tests: pods fail with fields that one side does not know, or the kubelet cannot register at all.',
    fix: [
      'Upgrade the node pool to the version of the control plane: `kubectl version`, `kubectl get nodes`.',
    ],
    links: ['https://kubernetes.io/releases/version-skew-policy/'],
  },
  *run({nodes, version, wants}) {
    const server = parseVersion(version.gitVersion);
    const windows = nodesOf('windows', nodes);
    if (!server) {
      for (const node of windows) {
        const detail = `the version of the API server, ${version.gitVersion}, is no version`;
        yield unknown(node, 'version', missing('unsupported', detail));
      }
      return;
    }
    const proxies = kubeProxies(windows, wants.pods.ok ? wants.pods.value : []);
    for (const node of windows) {
      const text = node.status.nodeInfo?.kubeletVersion;
      const kubelet = parseVersion(text);
      if (!kubelet) {
        yield lacks(node, 'kubelet version');
        continue;
      }
      const skew = skewOf(kubelet, server);
      const proxy = proxies.get(node.metadata.name);
      const proxySkew = proxy && skewOf(proxy.version, server);
      if (skew) {
        yield fail(node, {
          cause: `kubelet-${skew}`,
          message: `The kubelet of ${node.metadata.name} is ${formatVersion(kubelet)}, ${skew} the API server's ${formatVersion(server)} ${beyond(skew, server)}`,
          evidence: [ref(node, '/status/nodeInfo/kubeletVersion', text)],
        });
      }
      if (proxy && proxySkew && !skew) yield proxyFail(proxy, proxySkew, {node: node.metadata.name, server});
      if (!skew && !proxySkew) yield pass(node);
    }
  },
});

type Skew = 'ahead of' | 'behind';

function skewOf(version: Version, server: Version): Skew | undefined {
  if (version.major !== server.major) return version.major > server.major ? 'ahead of' : 'behind';
  if (version.minor > server.minor) return 'ahead of';
  return server.minor - version.minor > allowed(server) ? 'behind' : undefined;
}

function allowed(server: Version): number {
  return server.minor >= THREE_MINORS_SINCE ? MAX_BEHIND : MAX_BEHIND_BEFORE_1_28;
}

function beyond(skew: Skew, server: Version): string {
  return skew === 'behind' ? `by more than ${allowed(server)} minor versions` : 'which no kubelet may be';
}

function proxyFail(proxy: KubeProxy, skew: Skew, {node, server}: {node: string; server: Version}): Fail {
  return {
    status: 'fail',
    subject: {kind: 'Node', name: node},
    node,
    severity: 'warning',
    cause: `kube-proxy-${skew}`,
    message: `kube-proxy on ${node} is ${formatVersion(proxy.version)}, too far ${skew} the API server's ${formatVersion(server)}`,
    evidence: [ref(proxy.object, proxy.pointer, proxy.text)],
    fix: ['Use the kube-proxy of the version of the cluster on Windows nodes.'],
  };
}
