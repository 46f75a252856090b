import {osOfNode} from '../../kube/os.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {ConfigMap, Node} from '../../kube/types.ts';
import {compareVersions, parseVersion} from '../../kube/version.ts';
import type {PerNode} from '../../node/evidence.ts';
import type {NodeLogs} from '../../node/logs.ts';
import {logGap} from '../../node/logs.ts';
import {valueOn} from '../../node/on-node.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, unknown} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {isRecentLine} from '../pod-logs.ts';
import {nodeRoles} from './shared/aws-auth.ts';

/** The group that lets kube-proxy on Windows read Services and EndpointSlices. */
const GROUP = 'eks:kube-proxy-windows';
/** The first version on which EKS knows access entries beside `aws-auth`: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
const FIRST_WITH_ENTRIES = {major: 1, minor: 23, patch: 0};

export default defineCheck({
  id: 'CLD002',
  name: 'eks-kube-proxy-group',
  severity: 'error',
  since: '0.1.0',
  title: 'kube-proxy on Windows nodes of EKS may not read Services',
  evidence: ['A', 'N'],
  needs: ['nodes', 'configMaps'],
  wants: ['version', 'node.logs'],
  docs: {
    what: 'The role of Windows nodes needs the group `eks:kube-proxy-windows`, by the ConfigMap `kube-system/aws-auth` or by an access entry of type EC2_WINDOWS. Access entries cannot be seen through the Kubernetes API, so a missing group is a fault only where there can be none (before Kubernetes 1.23); else the log of kube-proxy on the nodes tells: it fails where that says Forbidden.',
    why: 'Without it kube-proxy is Forbidden and programs nothing: pods on that node reach no Service and no DNS.',
    fix: [
      'Look first: `aws eks list-access-entries --cluster-name CLUSTER`, and the log of kube-proxy on the node for Forbidden.',
      'With access entries: `aws eks create-access-entry --cluster-name CLUSTER --principal-arn ROLE --type EC2_WINDOWS`.',
      'With `aws-auth`: add `eks:kube-proxy-windows` to the groups of the role in `mapRoles`.',
    ],
    links: [
      'https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html',
      'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    ],
  },
  *run({nodes, configMaps, wants, now}): Iterable<Outcome> {
    const windows = nodes.filter(n => osOfNode(n) === 'windows' && providerOfNode(n) === 'eks');
    const [first] = windows;
    if (!first) {
      yield skip('the cluster has no Windows nodes on EKS');
      return;
    }
    const refused = windows.flatMap(node => refusedOn(node, wants['node.logs'], now) ?? []);
    yield* refused;
    if (refused.length > 0) return;
    const map = configMaps.find(
      ({metadata}) => metadata.namespace === 'kube-system' && metadata.name === 'aws-auth',
    );
    const roles = map ? nodeRoles(map.data?.['mapRoles'] ?? '') : [];
    if (map && roles.some(groups => groups.includes(GROUP))) {
      yield pass(map);
      return;
    }
    const version = wants.version.ok ? parseVersion(wants.version.value.gitVersion) : undefined;
    if (map && version && compareVersions(version, FIRST_WITH_ENTRIES) < 0) {
      yield failOf(map);
      return;
    }
    const unread = windows.find(node => !isProxyLogRead(node, wants['node.logs']));
    if (!unread) {
      for (const node of windows) yield pass(node);
      return;
    }
    const detail =
      '`aws-auth` gives no role the group `eks:kube-proxy-windows`, and access entries, which may, cannot be seen through the Kubernetes API: see `aws eks list-access-entries`, or install the agent, which reads the log of kube-proxy';
    yield unknown(map ?? first, 'accessEntries', missing('unsupported', detail));
  },
});

const PROXY_LOGS = ['kube-proxy', 'kubeproxy'] as const;

/** kube-proxy says so of each list that it is refused, and asks again within a minute. */
function refusedOn(node: Node, all: Evidence<PerNode<NodeLogs>>, now: number): Outcome | undefined {
  const lines = valueOn(all, node.metadata.name)?.lines ?? [];
  const line = lines.findLast(l => l.sign === 'kube-proxy-forbidden' && isRecentLine(l, now));
  if (!line) return undefined;
  return fail(node, {
    cause: 'kube-proxy-forbidden',
    message: `kube-proxy on ${node.metadata.name} may not read what it needs: "${line.text.slice(line.text.indexOf(']') + 1).trim()}"`,
    evidence: [fileRefs(node)(line.file, `/${line.line}`, line.text)],
  });
}

function isProxyLogRead(node: Node, all: Evidence<PerNode<NodeLogs>>): boolean {
  const logs = valueOn(all, node.metadata.name);
  return logs !== undefined && logGap(logs, PROXY_LOGS) === undefined;
}

function failOf(map: ConfigMap): Outcome {
  return fail(map, {
    cause: 'group-missing',
    message: `no role of \`kube-system/aws-auth\` has the group \`${GROUP}\`, and this version of EKS knows nothing else`,
    evidence: [ref(map, '/data/mapRoles')],
  });
}
