import {osOfNode} from '../../kube/os.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {ConfigMap} from '../../kube/types.ts';
import {compareVersions, parseVersion} from '../../kube/version.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, unknown} from '../define.ts';
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
  wants: ['version'],
  docs: {
    what: 'The role of Windows nodes needs the group `eks:kube-proxy-windows`, by the ConfigMap `kube-system/aws-auth` or by an access entry of type EC2_WINDOWS. Access entries cannot be seen through the Kubernetes API, so a missing group is a fault only where there can be none (before Kubernetes 1.23); else it is unknown until the log of kube-proxy tells.',
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
  *run({nodes, configMaps, wants}): Iterable<Outcome> {
    const first = nodes.find(n => osOfNode(n) === 'windows' && providerOfNode(n) === 'eks');
    if (!first) {
      yield skip('the cluster has no Windows nodes on EKS');
      return;
    }
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
    const detail =
      '`aws-auth` gives no role the group `eks:kube-proxy-windows`, and access entries, which may, cannot be seen through the Kubernetes API: see `aws eks list-access-entries`';
    yield unknown(map ?? first, 'accessEntries', missing('unsupported', detail));
  },
});

function failOf(map: ConfigMap): Outcome {
  return fail(map, {
    cause: 'group-missing',
    message: `no role of \`kube-system/aws-auth\` has the group \`${GROUP}\`, and this version of EKS knows nothing else`,
    evidence: [ref(map, '/data/mapRoles')],
  });
}
