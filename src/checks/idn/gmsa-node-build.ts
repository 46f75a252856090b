import {windowsBuild} from '../../kube/os.ts';
import {Placements} from '../../kube/placement.ts';
import {isRecord} from '../../kube/shape.ts';
import type {GmsaCredentialSpec, Node} from '../../kube/types.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {collected, missing} from '../../snapshot/evidence.ts';
import type {Outcome, Severity} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, unknown} from '../define.ts';
import {GMSA_GUIDE, gmsaUses} from './shared/gmsa-users.ts';

const BUILD_2019 = 17763;
/** The revision from which Windows Server 2019 fetches domain accounts by plug-in: https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/manage-serviceaccounts */
const FIRST_REVISION = 1817;

export default defineCheck({
  id: 'IDN006',
  name: 'gmsa-node-build',
  severity: 'error',
  since: '0.1.0',
  title: 'A node is too old for gMSA',
  evidence: ['A'],
  needs: ['nodes', 'workloads'],
  wants: ['gmsaCredentialSpecs', 'runtimeClasses', 'namespaces'],
  docs: {
    what: 'Looks at the nodes on which pods with a gMSA run or may land: a node of Windows Server 2019 (build 17763) needs revision 1817 or later. Where every credential spec concerned is for members of the domain (it has no `HostAccountConfig`), this is a warning.',
    why: 'Older ones fetch no domain account unless they are members of the domain themselves: the container does not start, or has no domain identity.',
    fix: [
      'Move the pods to nodes of Windows Server 2022 or 2025.',
      'Or update the node: `kubectl drain NODE --ignore-daemonsets`, install the newest cumulative update, restart, `kubectl uncordon NODE`.',
    ],
    links: [
      GMSA_GUIDE,
      'https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/manage-serviceaccounts',
    ],
  },
  *run({nodes, workloads, wants, source}): Iterable<Outcome> {
    const uses = gmsaUses(workloads);
    if (uses.length === 0) {
      yield skip('no workload names a credential spec');
      return;
    }
    const placements = new Placements({nodes: collected(nodes), ...wants, source});
    const byName = new Map(nodes.map(n => [n.metadata.name, n]));
    const members = membersOnly(wants.gmsaCredentialSpecs);
    const concerned = new Map<Node, Severity>();
    for (const {view, name} of uses) {
      const sitting = view.pods.flatMap(p => (p.nodeName === undefined ? [] : [byName.get(p.nodeName)]));
      for (const node of sitting.length > 0 ? sitting : placements.of(view).allowed.windows) {
        if (node && concerned.get(node) !== 'error')
          concerned.set(node, members.has(name) ? 'warning' : 'error');
      }
    }
    for (const [node, severity] of concerned) yield* judgeNode(node, severity);
  },
});

/** Names of the credential specs that no plug-in serves: their nodes must be members of the domain. */
function membersOnly(specs: Evidence<GmsaCredentialSpec[]>): Set<string> {
  const plain = (specs.ok ? specs.value : []).filter(({credspec}) => {
    const directory = isRecord(credspec) ? credspec['ActiveDirectoryConfig'] : undefined;
    return isRecord(directory) && directory['HostAccountConfig'] === undefined;
  });
  return new Set(plain.map(s => s.metadata.name));
}

function* judgeNode(node: Node, severity: Severity): Iterable<Outcome> {
  const version = windowsBuild(node);
  if (!version) return;
  const kernel = node.status.nodeInfo?.kernelVersion;
  if (version.build !== BUILD_2019 || (version.revision ?? -1) >= FIRST_REVISION) {
    yield pass(node);
    return;
  }
  if (version.revision === undefined) {
    const detail = `the node reports \`${kernel ?? ''}\`, without a revision`;
    const subject = {kind: 'Node', name: node.metadata.name};
    yield unknown(subject, 'nodes', missing('unsupported', detail));
    return;
  }
  yield fail(node, {
    severity,
    cause: 'revision-too-old',
    message: `the node runs ${kernel ?? ''}, and pods with a gMSA need ${BUILD_2019}.${FIRST_REVISION} or later`,
    evidence: [ref(node, '/status/nodeInfo/kernelVersion', kernel)],
  });
}
