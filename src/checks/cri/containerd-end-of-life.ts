import {CONTAINERD_LINES, RELEASES, containerdLine} from '../../data/containerd.ts';
import type {ContainerdLine} from '../../data/containerd.ts';
import {isManagedNode} from '../../kube/provider.ts';
import type {Version} from '../../kube/version.ts';
import {compareVersions, formatVersion, parseVersion} from '../../kube/version.ts';
import {millis} from '../../snapshot/time.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {noVersion, nodeRuntimes} from './shared/runtimes.ts';

const UPGRADE = 'Upgrade to a line that lives: 2.3 until April 2028.';
const DEPRECATIONS = 'From 1.7, mend the deprecations that `ctr deprecations list` shows first.';
const NODE_IMAGE = 'On managed nodes: upgrade the node image of the pool.';

export default defineCheck({
  id: 'CRI004',
  name: 'containerd-end-of-life',
  severity: 'warning',
  since: '0.1.0',
  title: 'containerd gets no more fixes',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The release line of containerd on each Windows node against the day on which its project ended it, at the moment of the snapshot. On nodes that AKS, EKS or GKE manage it is an information: they ship fixes of their own.',
    why: 'Known holes stay open, and nobody mends what breaks with the next Windows update.',
    fix: [UPGRADE, DEPRECATIONS, NODE_IMAGE],
    links: [RELEASES],
  },
  *run({nodes, now}) {
    for (const found of nodeRuntimes(nodes)) {
      const {node, runtime, pointer} = found;
      if (runtime && runtime.name !== 'containerd') yield skip('the node does not run containerd');
      else if (!runtime?.version) yield noVersion(found);
      else {
        const line = lineOf(runtime.version);
        if (!line || now < (millis(line.endOfLife) ?? Infinity)) {
          yield pass(node);
          continue;
        }
        const managed = isManagedNode(node);
        yield fail(node, {
          severity: managed ? 'info' : 'warning',
          cause: `${managed ? 'managed' : 'own'}-${line.line}`,
          message: `${node.metadata.name} has containerd ${formatVersion(runtime.version)}, whose line ${line.line} ended on ${line.endOfLife}`,
          evidence: [ref(node, pointer, node.status.nodeInfo?.containerRuntimeVersion)],
          fix: managed
            ? ['Upgrade the node image of the pool.']
            : [UPGRADE, ...(runtime.version.major < 2 ? [DEPRECATIONS] : [])],
        });
      }
    }
  },
  many: (fails, subjects) => {
    const line = CONTAINERD_LINES.find(l => fails[0]?.cause.endsWith(`-${l.line}`));
    return `${subjects} Windows nodes have a containerd of line ${line?.line}, which ended on ${line?.endOfLife}`;
  },
});

/** The line of a version; what is older than the table ended with its oldest line. */
function lineOf(version: Version): ContainerdLine | undefined {
  const [oldest] = CONTAINERD_LINES;
  const first = parseVersion(oldest?.line);
  if (first && compareVersions(version, first) < 0) return oldest;
  return containerdLine(version);
}
