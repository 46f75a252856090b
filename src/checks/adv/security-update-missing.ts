import {KUBELET_CVES} from '../../data/kubelet-cves.ts';
import {nodesOf} from '../../kube/os.ts';
import {isManagedNode} from '../../kube/provider.ts';
import type {Version} from '../../kube/version.ts';
import {compareVersions, fixFor, formatVersion, isFaulty, parseVersion} from '../../kube/version.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';

export default defineCheck({
  id: 'ADV003',
  name: 'security-update-missing',
  severity: 'warning',
  since: '0.1.0',
  title: 'Kubelets have known holes on Windows',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The kubelet of each Windows node against the vulnerabilities of Kubernetes that concern Windows nodes: CVE-2021-25749, CVE-2023-3676, CVE-2023-3955, CVE-2023-5528, CVE-2024-5321, CVE-2024-9042. On nodes that AKS, EKS or GKE manage it is an information: they mend holes without a new version number.',
    why: 'Most of them let whoever may create pods become administrator of the node, and from there of the cluster.',
    fix: [
      'Upgrade the kubelet to the release named, or a later one.',
      'With a provider: upgrade the node image of the pool, and read its security bulletins.',
    ],
    links: ['https://kubernetes.io/docs/reference/issues-security/official-cve-feed/'],
  },
  *run({nodes}) {
    for (const node of nodesOf('windows', nodes)) {
      const text = node.status.nodeInfo?.kubeletVersion;
      const kubelet = parseVersion(text);
      if (!kubelet) {
        const detail = 'the node reports no kubelet version';
        yield unknown(node, 'nodes', missing('unsupported', detail));
        continue;
      }
      const holes = KUBELET_CVES.filter(cve => isFaulty(kubelet, cve));
      const worst = holes.toSorted((a, b) => b.score - a.score)[0];
      if (!worst) {
        yield pass(node);
        continue;
      }
      const goal = newest(holes.map(cve => fixFor(kubelet, cve)));
      yield fail(node, {
        severity: isManagedNode(node) ? 'info' : 'warning',
        cause: holes.map(cve => cve.id).join(' '),
        message: `The kubelet of ${node.metadata.name} is ${formatVersion(kubelet)}: ${holes.map(cve => cve.id).join(', ')}; ${worst.effect} (CVSS ${worst.score})`,
        evidence: [ref(node, '/status/nodeInfo/kubeletVersion', text)],
        fix: [
          `Upgrade the kubelet to ${goal} or later.`,
          'With a provider: upgrade the node image of the pool, and read its security bulletins.',
        ],
        links: holes.map(cve => cve.link),
      });
    }
  },
  many: (fails, subjects) =>
    `${subjects} Windows nodes have a kubelet with known holes: ${fails[0]?.cause.replaceAll(' ', ', ')}`,
});

/** The release that mends all of them. */
function newest(versions: readonly (string | undefined)[]): string {
  const parsed = versions.map(v => parseVersion(v)).filter(v => v !== undefined);
  const last = parsed.reduce<Version | undefined>(
    (a, b) => (a && compareVersions(a, b) >= 0 ? a : b),
    undefined,
  );
  return last ? formatVersion(last) : 'a supported release';
}
