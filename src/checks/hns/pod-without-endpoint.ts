import {hasPodNetwork, isFinished, isTerminating} from '../../kube/pods.ts';
import {ipKey} from '../../kube/ip.ts';
import type {Pod} from '../../kube/types.ts';
import {SECOND, millis} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass, ref, subjectOf, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {stateOf} from '../second-look.ts';
import {podIps, podsByNode} from './shared/pods-by-node.ts';

/** What an agent and the API tell is not of one moment: a younger pod may be in one and not yet in the other. */
const YOUNG = 60 * SECOND;

export default defineCheck({
  id: 'HNS011',
  name: 'pod-without-endpoint',
  severity: 'error',
  since: '0.1.0',
  title: 'Running pods have no endpoint in HNS',
  evidence: ['A', 'N'],
  needs: ['nodes', 'pods', 'node.hns.endpoints'],
  perNode: true,
  docs: {
    what: 'Running pods on Windows nodes against the endpoints of HNS there: one of their addresses must be that of an endpoint. Pods on the node’s own network, those that end or have ended, and those younger than a minute are left out.',
    why: 'HNS was restarted, or lost its data: the pod runs, and the kubelet finds nothing wrong with it, but no packet gets in or out. It does not heal by itself.',
    fix: [
      'Make the pod anew: `kubectl delete pod POD -n NAMESPACE`. Its controller starts another one with a new endpoint.',
      'Where many pods of a node are without: find why HNS restarted (`kubectl win doctor --node NODE --check NOD011,NOD012`), then drain the node and restart it.',
      'Do not restart HNS itself: that costs the remaining pods of the node their endpoints.',
    ],
    links: [
      'https://github.com/projectcalico/calico/issues/5164',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
    ],
  },
  many: (fails, pods) => {
    const nodes = new Set(fails.map(f => f.node));
    const [first] = fails;
    return `${count(pods, 'running pod')} on ${nodes.size === 1 ? (first?.node ?? '') : count(nodes.size, 'node')} ${pods === 1 ? 'has' : 'have'} no endpoint in HNS, as ${first?.subject.namespace ?? ''}/${first?.subject.name ?? ''}`;
  },
  *run(input) {
    const {now} = input;
    const pods = podsByNode(input.pods);
    yield* eachNode(input, ['node.hns.endpoints'], function* ({node, facts, at, gap}) {
      const endpoints = facts['node.hns.endpoints'];
      const local = new Set(endpoints.filter(e => !e.remote).flatMap(e => e.ips.map(ipKey)));
      for (const pod of pods.get(node.metadata.name) ?? []) {
        const started = millis(pod.status.startTime ?? pod.metadata.creationTimestamp);
        const ips = podIps(pod);
        if (!runs(pod) || ips.length === 0 || (started !== undefined && now - started < YOUNG)) continue;
        if (ips.some(ip => local.has(ipKey(ip)))) yield pass(pod);
        // Of a part of the endpoints nobody knows which are missing.
        else if (gap) yield unknown(pod, 'node.hns.endpoints', gap);
        else {
          const looks = {at: now, ...(started !== undefined && {unchangedSince: started})};
          yield {
            ...fail(pod, {
              cause: 'no endpoint',
              message: `${subjectName(pod)} runs on ${node.metadata.name} with ${ips.join(' and ')}, and HNS has no endpoint of that address among its ${count(endpoints.length, 'endpoint')}`,
              evidence: [ref(pod, '/status/podIP', pod.status.podIP), at('hns/endpoints.json', '')],
            }),
            state: stateOf(looks) === 'confirmed' ? 'confirmed' : 'suspected',
          };
        }
      }
    });
  },
});

function runs(pod: Pod): boolean {
  return pod.status.phase === 'Running' && hasPodNetwork(pod) && !isFinished(pod) && !isTerminating(pod);
}

function subjectName(pod: Pod): string {
  const {namespace = '', name} = subjectOf(pod);
  return `Pod ${namespace}/${name}`;
}
