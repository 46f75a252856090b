import {OS_ADVISORIES, osAdvisory} from '../../data/advisories.ts';
import {buildName} from '../../data/builds.ts';
import {nodesOf, windowsBuild} from '../../kube/os.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';

export default defineCheck({
  id: 'ADV001',
  name: 'known-bad-os-build',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes run a Windows update that breaks containers',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'Build and revision of each Windows node (`10.0.20348.2582`) against ranges with a known fault, for instance 20348.2582 to 2761, and the update that repairs it.',
    why: 'The fault is in Windows itself: nothing in the cluster’s configuration mends it, and it looks like a fault of the CNI.',
    fix: [
      'Install the update named, or a later one, node by node after draining each.',
      'With a provider: upgrade the node image of the pool.',
    ],
    links: ['https://learn.microsoft.com/windows/release-health/windows-server-release-info'],
  },
  *run({nodes}) {
    for (const node of nodesOf('windows', nodes)) {
      const {build, revision} = windowsBuild(node) ?? {};
      if (build === undefined || revision === undefined) {
        const detail = 'the node reports no Windows revision';
        yield unknown(node, 'nodes', missing('unsupported', detail));
        continue;
      }
      const advisory = osAdvisory(build, revision);
      if (!advisory) {
        yield pass(node);
        continue;
      }
      const {fixedBy, fixedRevision} = advisory;
      yield fail(node, {
        severity: advisory.severity,
        cause: advisory.id,
        message: `${node.metadata.name} runs ${buildName(build)} revision ${revision}, with which ${advisory.fault}; ${fixedBy} repairs it`,
        evidence: [ref(node, '/status/nodeInfo/kernelVersion', node.status.nodeInfo?.kernelVersion)],
        fix: [
          `Install ${fixedBy} (revision ${fixedRevision}) or a later update, node by node: \`kubectl drain ${node.metadata.name} --ignore-daemonsets\` first.`,
          'With a provider: upgrade the node image of the pool.',
        ],
        links: [...advisory.links],
      });
    }
  },
  many: (fails, subjects) => {
    const advisory = OS_ADVISORIES.find(a => a.id === fails[0]?.cause);
    const what = advisory
      ? `revision ${advisory.from} to ${advisory.to} of ${buildName(advisory.build)}, with which ${advisory.fault}; ${advisory.fixedBy} repairs it`
      : 'a Windows update that breaks containers';
    return `${subjects} nodes run ${what}`;
  },
});
