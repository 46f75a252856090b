import {nodesOf, windowsBuild} from '../../kube/os.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {verdictOn} from './shared/build-verdict.ts';
import {lacks} from './shared/node-facts.ts';

export default defineCheck({
  id: 'NOD002',
  name: 'build-unsupported',
  severity: 'error',
  since: '0.1.0',
  title: 'The Windows build of nodes is not supported',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The Windows build of each node against what runs it: the dates and Kubernetes versions of its provider where that states them, the end of updates from Microsoft, and the builds that the kubelet version lists. Past a date it is an error; a build that Kubernetes no longer lists (Server 2019 from 1.35) or does not list yet is a warning. Dates are held against the moment of the snapshot.',
    why: 'No fixes come for what breaks, upgrades of the cluster are refused, and images for newer builds do not start.',
    fix: [
      'Add a node pool of the next Windows release.',
      'Move the workloads to it, with images of its build.',
      'Remove the old pool.',
    ],
    links: ['https://kubernetes.io/docs/concepts/windows/intro/#windows-os-version-support'],
  },
  *run({nodes, now}) {
    for (const node of nodesOf('windows', nodes)) {
      const build = windowsBuild(node)?.build;
      if (build === undefined) yield lacks(node, 'Windows kernel version');
      else {
        const verdict = verdictOn(node, build, now);
        if (!verdict) yield pass(node);
        else {
          yield fail(node, {
            cause: verdict.cause,
            severity: verdict.severity,
            message: verdict.message,
            evidence: [
              ref(node, '/status/nodeInfo/kernelVersion', node.status.nodeInfo?.kernelVersion),
              ref(node, '/status/nodeInfo/kubeletVersion', node.status.nodeInfo?.kubeletVersion),
            ],
            ...(verdict.link !== undefined && {links: [verdict.link]}),
          });
        }
      }
    }
  },
});
