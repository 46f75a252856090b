import {classifyError} from '../../data/errors.ts';
import {RECENT, isRecent, lastSeen} from '../../kube/events.ts';
import {nodesOf} from '../../kube/os.ts';
import type {Event, Node, Pod} from '../../kube/types.ts';
import {rfc3339} from '../../snapshot/time.ts';
import type {EventLogs} from '../../node/eventlog.ts';
import {channelGap, findEvents} from '../../node/find-events.ts';
import {valueOn} from '../../node/on-node.ts';
import type {NodeSystem} from '../../node/system.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {eventRef} from '../event-ref.ts';

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
  wants: ['pods', 'node.eventlog', 'node.system'],
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
        const {name} = node.metadata;
        const logs = valueOn(wants['node.eventlog'], name);
        yield logs ? byAgent(node, {logs, system: valueOn(wants['node.system'], name), now}) : pass(node);
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

/** What Windows wrote into its log, and how much is committed now. */
function byAgent(
  node: Node,
  {logs, system, now}: {logs: EventLogs; system: NodeSystem | undefined; now: number},
): Outcome {
  const at = fileRefs(node);
  const query = {channel: 'System', provider: DETECTOR, ids: [LOW_COMMIT], since: now - RECENT};
  const [event] = findEvents(logs, query);
  const {limit = 0, charge = 0} = system?.commit ?? {};
  const percent = limit > 0 ? Math.floor((charge / limit) * 100) : 0;
  const proofs = [
    ...(event ? [eventRef(at, event)] : []),
    ...(percent >= NEARLY_ALL ? [at('system.json', '/commit/charge', charge)] : []),
  ];
  if (proofs.length > 0) {
    return fail(node, {
      cause: CLASS,
      message: `Node ${node.metadata.name} has no memory left to commit: ${event ? `Windows diagnosed it at ${event.time}` : `${percent} % of the limit is committed`}`,
      evidence: proofs,
      ...(event && {since: event.time}),
    });
  }
  const gap = channelGap(logs, 'System');
  return gap ? unknown(node, 'node.eventlog', gap) : pass(node);
}

/** Windows looks for who commits most when little is left, and writes this event. */
const DETECTOR = /Resource-Exhaustion-Detector$/i;
const LOW_COMMIT = 2004;
/** Per cent of the limit at which new processes of usual size fail: https://learn.microsoft.com/troubleshoot/windows-client/performance/introduction-to-the-page-file. */
const NEARLY_ALL = 95;

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
