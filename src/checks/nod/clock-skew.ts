import {nodesOf} from '../../kube/os.ts';
import type {Node} from '../../kube/types.ts';
import type {AgentContact} from '../../node/agent.ts';
import {CONTACT_FILE} from '../../node/agent.ts';
import {valueOn} from '../../node/on-node.ts';
import {MINUTE, SECOND, duration, millis} from '../../snapshot/time.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {leasesByNode} from './shared/node-facts.ts';

/** Kubelets renew their lease this often: https://kubernetes.io/docs/concepts/architecture/leases/#node-heart-beats. */
const RENEW_INTERVAL = 10 * SECOND;
const WARN = 5 * SECOND;
/** Kerberos refuses clocks that differ by more: https://learn.microsoft.com/windows/security/threat-protection/security-policy-settings/maximum-tolerance-for-computer-clock-synchronization. */
const KERBEROS = 5 * MINUTE;

export default defineCheck({
  id: 'NOD006',
  name: 'clock-skew',
  severity: 'warning',
  since: '0.1.0',
  title: 'The clock of nodes is wrong',
  evidence: ['A', 'N'],
  needs: ['leases', 'nodes'],
  wants: ['node.agent'],
  passNeeds: ['node.agent'],
  docs: {
    what: 'The API alone shows only a clock that runs ahead: a lease of a Windows node whose renewTime, which the kubelet writes by its own clock, lies more than 5 s after the moment of the snapshot and after what the other nodes write at the same time. More than 5 min is an error, as Kerberos ends there. With the agent the node’s own time is held against the API server’s, half the round trip allowed for.',
    why: 'Tokens and certificates count as not yet valid or expired, gMSA fails, and logs of several nodes cannot be put in order.',
    fix: [
      'On the node: `w32tm /query /status`, `w32tm /resync`.',
      'On a virtual machine, see that the clock of its host is right and that only one source sets the time.',
    ],
    links: [
      'https://learn.microsoft.com/windows-server/networking/windows-time-service/windows-time-service-tools-and-settings',
    ],
  },
  *run({leases, nodes, wants, now}) {
    const reference = referenceTime(
      leases.map(l => millis(l.spec.renewTime)),
      now,
    );
    const byNode = leasesByNode(leases);
    for (const node of nodesOf('windows', nodes)) {
      const contact = valueOn(wants['node.agent'], node.metadata.name);
      if (contact?.offsetMs !== undefined) {
        yield byAgent(node, contact);
        continue;
      }
      const lease = byNode.get(node.metadata.name);
      const renewed = millis(lease?.spec.renewTime);
      if (!lease || renewed === undefined) {
        yield skip('the node has no lease');
        continue;
      }
      const ahead = renewed - reference;
      if (ahead <= WARN) {
        yield pass(node);
        continue;
      }
      yield fail(node, {
        severity: ahead > KERBEROS ? 'error' : 'warning',
        cause: 'ahead',
        message: `The clock of ${node.metadata.name} runs about ${duration(ahead)} ahead: it renewed its lease in the future`,
        evidence: [ref(lease, '/spec/renewTime', lease.spec.renewTime)],
      });
    }
  },
});

/** What the node's clock says, against the API server's. */
function byAgent(node: Node, {offsetMs = 0, roundTripMs = 0}: AgentContact): Outcome {
  const off = Math.abs(offsetMs) - roundTripMs / 2;
  if (off <= WARN) return pass(node);
  const way = offsetMs > 0 ? 'ahead' : 'behind';
  return fail(node, {
    severity: off > KERBEROS ? 'error' : 'warning',
    cause: way,
    message: `The clock of ${node.metadata.name} runs ${duration(offsetMs)} ${way} of the API server’s`,
    evidence: [fileRefs(node)(CONTACT_FILE, '/offsetMs', offsetMs)],
  });
}

/**
 * The latest time at which a right clock may have renewed a lease: now, or, where lists came in later than that, an
 * interval after the median of all nodes.
 */
function referenceTime(times: readonly (number | undefined)[], now: number): number {
  const known = times.filter(t => t !== undefined).sort((a, b) => a - b);
  const median = known[Math.floor((known.length - 1) / 2)];
  return median === undefined ? now : Math.max(now, median + RENEW_INTERVAL);
}
