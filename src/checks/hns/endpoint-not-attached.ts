import type {HnsEndpoint} from '../../hns/model.ts';
import {joinHns} from '../../hns/joins.ts';
import type {Indexed} from '../../node/items.ts';
import type {Sandbox} from '../../node/sandboxes.ts';
import {SECOND, millis} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import type {Subject} from '../define.ts';
import {defineCheck, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {stateOf} from '../second-look.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {v1Gap} from './shared/v1-gap.ts';

/** States of an endpoint in v1’s answer (https://github.com/microsoft/SDN, networkhealth.ps1 takes 3 for well). */
const ATTACHED = 2;
const ATTACHED_SHARING = 3;
const WORDS: Readonly<Record<number, string>> = {
  0: 'not initialised',
  1: 'made and never attached',
  2: 'attached, but not shared with its containers',
  4: 'detached',
  5: 'degraded',
  6: 'destroyed',
};
/** The endpoint of a sandbox this young is still on its way. */
const YOUNG = 60 * SECOND;

export default defineCheck({
  id: 'HNS010',
  name: 'endpoint-not-attached',
  severity: 'error',
  since: '0.1.0',
  title: 'Endpoints of running pods are not attached to them',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.endpoints', 'node.hns.namespaces', 'node.cri.sandboxes', 'node.cri.containers'],
  wants: ['node.hns'],
  perNode: true,
  docs: {
    what: 'The state of the HNS endpoint of each sandbox that runs for over a minute: 3 (AttachedSharing) is right, and 2 in a Hyper-V sandbox. Only the older generation of HNS’s answers has states; where it is missing the check is unknown.',
    why: 'The pod runs, has an address in its status, and sends and gets no packet.',
    fix: [
      'Make the pod anew: `kubectl delete pod POD -n NAMESPACE`.',
      'State 5 (degraded): HNS refused a policy of the CNI. See `kubectl win doctor --check HNS020` and the channel Microsoft-Windows-Host-Network-Service-Admin.',
      'Where new pods of the node get the same: drain the node and restart it.',
    ],
    links: [
      'https://github.com/microsoft/Windows-Containers/issues/563',
      'https://github.com/microsoft/SDN/issues/582',
    ],
  },
  many: (fails, pods) =>
    `${count(pods, 'running pod')} have an endpoint that is not attached, as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    const {now, wants} = input;
    const keys = [
      'node.hns.endpoints',
      'node.hns.namespaces',
      'node.cri.sandboxes',
      'node.cri.containers',
    ] as const;
    yield* eachNode(input, keys, function* ({node, facts, at}) {
      const {name} = node.metadata;
      const joins = joinHns(
        {
          endpoints: facts['node.hns.endpoints'],
          namespaces: facts['node.hns.namespaces'],
          loadBalancers: [],
        },
        {
          nodeName: name,
          sandboxes: facts['node.cri.sandboxes'],
          containers: facts['node.cri.containers'],
        },
      );
      const ref = hnsRefs(at, 'endpoints');
      const joined = [...joins.endpoints.values()].flatMap(({endpoint, sandbox}) =>
        sandbox && !endpoint.remote && runs(sandbox, now) ? [{endpoint, sandbox}] : [],
      );
      if (joined.length === 0) {
        yield skip('no endpoint of the node is of a pod that runs');
        return;
      }
      if (joined.every(({endpoint}) => endpoint.state === undefined)) {
        yield unknown(node, 'node.hns', v1Gap(wants['node.hns'], name, 'endpoints'));
        return;
      }
      for (const {endpoint, sandbox} of joined) {
        const subject: Subject = {kind: 'Pod', namespace: sandbox.namespace, name: sandbox.name};
        if (endpoint.state === undefined || isRight(endpoint, sandbox)) yield pass(subject);
        else {
          const since = millis(sandbox.createdAt);
          const looks = {at: now, ...(since !== undefined && {unchangedSince: since})};
          const {state} = endpoint;
          yield {
            status: 'fail',
            subject,
            node: name,
            cause: `state ${state}`,
            message: `The endpoint of Pod ${sandbox.namespace}/${sandbox.name} on ${name} (${endpoint.ips.join(' and ')}) is ${WORDS[state] ?? 'in an unknown state'} (state ${state})`,
            evidence: [
              ref(endpoint, 'state', {value: state}),
              ...(endpoint.sharedContainers?.length === 0 ? [ref(endpoint, 'sharedContainers')] : []),
              at('cri/sandboxes.json', `/items/${sandboxIndex(facts['node.cri.sandboxes'], sandbox)}/state`),
            ],
            state: stateOf(looks) === 'confirmed' ? 'confirmed' : 'suspected',
          };
        }
      }
    });
  },
});

function runs({ready, createdAt}: Sandbox, now: number): boolean {
  const made = millis(createdAt);
  return ready && (made === undefined || now - made >= YOUNG);
}

/** A virtual machine is attached as a whole: its containers do not share the endpoint. */
function isRight({state}: HnsEndpoint, {runtimeHandler}: Sandbox): boolean {
  return state === ATTACHED_SHARING || (state === ATTACHED && /hyper-?v/i.test(runtimeHandler));
}

function sandboxIndex(sandboxes: readonly Indexed<Sandbox>[], {id}: Sandbox): number {
  return sandboxes.find(s => s.id === id)?.index ?? 0;
}
