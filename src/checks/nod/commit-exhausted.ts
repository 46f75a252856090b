import {classifyError} from '../../data/errors.ts';
import {isRecent, lastSeen} from '../../kube/events.ts';
import {nodesOf} from '../../kube/os.ts';
import type {Event, Node, Pod} from '../../kube/types.ts';
import {rfc3339} from '../../snapshot/time.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';

const CLASS = 'commit-exhausted';
const HINT = /paging file|5af|c000012d|1455/i;

export default defineCheck({
  id: 'NOD009',
  name: 'commit-exhausted',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes have no memory left to commit',
  evidence: ['N', 'A'],
  needs: ['events', 'nodes'],
  wants: ['pods'],
  passNeeds: ['node.eventlog'],
  docs: {
    what: 'Windows refuses to commit more memory than physical memory and page files hold. Seen in events of the last hour about a Windows node or its pods: `The paging file is too small` (0x5af). With the agent also event 2004 of the System log and the commit charge.',
    why: 'No process can start on the node, not even those of Windows itself: sandboxes fail, kubelet and containerd crash, running programs end with 0xc000012d.',
    fix: [
      '`kubectl top pods -A --sort-by=memory`: find what commits most.',
      'Give every Windows container a memory limit.',
      'Enlarge the page file of the node, or use larger nodes.',
    ],
    links: [
      'https://learn.microsoft.com/troubleshoot/windows-client/performance/introduction-to-the-page-file',
      'https://github.com/Azure/AKS/issues/1941',
    ],
  },
  *run({events, nodes, wants, now}) {
    const windows = new Map(nodesOf('windows', nodes).map(n => [n.metadata.name, n]));
    const told = events.filter(e => isCommitError(e) && isRecent(e, now));
    const nodeOfPod =
      told.length > 0 && wants.pods.ok ? nodesOfPods(wants.pods.value) : new Map<string, string>();
    const proof = new Map<Node, Event>();
    for (const event of told) {
      const {kind, namespace, name = ''} = event.involvedObject;
      const onNode = kind === 'Node' ? name : (nodeOfPod.get(`${namespace}/${name}`) ?? event.host ?? '');
      const node = windows.get(onNode);
      if (node && !proof.has(node)) proof.set(node, event);
    }
    for (const node of windows.values()) {
      const event = proof.get(node);
      if (!event) {
        yield pass(node);
        continue;
      }
      yield fail(node, {
        cause: CLASS,
        message: `Node ${node.metadata.name} has no memory left to commit: the page file is too small (0x5af)`,
        evidence: [ref(event, '/message', event.message)],
        since: event.firstTimestamp ?? rfc3339(lastSeen(event)),
      });
    }
  },
});

/** The cheap look first: a storm of events has tens of thousands. */
function isCommitError({message = ''}: Event): boolean {
  return HINT.test(message) && classifyError(message)?.id === CLASS;
}

function nodesOfPods(pods: readonly Pod[]): Map<string, string> {
  const nodes = new Map<string, string>();
  for (const {metadata, nodeName} of pods) {
    if (nodeName !== undefined) nodes.set(`${metadata.namespace}/${metadata.name}`, nodeName);
  }
  return nodes;
}
