import type {HnsPolicy} from '../../hns/model.ts';
import {parseAddress, parseCidr} from '../../kube/cidr.ts';
import {parseIp, parseNet} from '../../kube/ip.ts';
import {count} from '../../text/words.ts';
import type {FileRef} from '../define.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {exceptionsIn, textIn} from './shared/policies.ts';

export default defineCheck({
  id: 'HNS020',
  name: 'policy-cidr-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'A policy of HNS names something that is no network',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.endpoints', 'node.hns.networks', 'node.cni'],
  perNode: true,
  docs: {
    what: 'Exceptions of outbound NAT, destinations of routes and provider addresses in the policies of HNS endpoints and networks, and in those that the CNI configuration gives to endpoints: each must be an address or a network such as `10.96.0.0/12`. What fails is mostly a placeholder that nobody filled in.',
    why: 'HNS refuses the policy and marks the endpoint as degraded: pods do not start (“attach namespace failed”, 0x803b000d), or start without outbound NAT and routes.',
    fix: [
      'Put the real network into the CNI configuration on the node, and into what writes it there (a ConfigMap, a script).',
      'Make the node’s pods anew, a few at a time: policies are given to an endpoint when it is made.',
    ],
    links: [
      'https://github.com/containerd/containerd/issues/5729',
      'https://github.com/projectcalico/calico/issues/8465',
    ],
  },
  *run(input) {
    const keys = ['node.hns.endpoints', 'node.hns.networks', 'node.cni'] as const;
    yield* eachNode(input, keys, function* ({node, facts, at}) {
      const found: {text: string; where: string; ref: FileRef}[] = [];
      for (const config of facts['node.cni'].configs) {
        for (const {pointer, ...policy} of config.policies) {
          for (const text of wrongIn(policy))
            found.push({
              text,
              where: `the CNI configuration \`${config.file.slice('cni/'.length)}\``,
              ref: at(config.file, pointer),
            });
        }
      }
      for (const kind of ['networks', 'endpoints'] as const) {
        const ref = hnsRefs(at, kind);
        for (const object of facts[`node.hns.${kind}`]) {
          for (const [i, policy] of object.policies.entries()) {
            for (const text of wrongIn(policy))
              found.push({
                text,
                where: `${kind === 'networks' ? 'network' : 'endpoint'} \`${object.name || object.id}\``,
                ref: ref(object, 'policies', {index: i}),
              });
          }
        }
      }
      const [first] = found;
      if (!first) yield pass(node);
      else {
        const more = found.length > 1 ? `, and ${count(found.length - 1, 'more policy')} likewise` : '';
        yield fail(node, {
          cause: 'no network',
          message: `A policy in ${first.where} of ${node.metadata.name} has \`${first.text}\`, which is no network${more}`,
          evidence: found.map(f => f.ref),
        });
      }
    });
  },
});

/** What in a policy should be a network or an address and is none. */
function wrongIn(policy: HnsPolicy): string[] {
  const networks =
    policy.type === 'OutBoundNAT'
      ? exceptionsIn(policy)
      : policy.type === 'SDNRoute' || policy.type === 'RemoteSubnetRoute'
        ? textIn(policy, 'DestinationPrefix')
        : [];
  const addresses =
    policy.type === 'ProviderAddress' || policy.type === 'RemoteSubnetRoute'
      ? textIn(policy, 'ProviderAddress')
      : [];
  return [...networks.filter(text => !isNet(text)), ...addresses.filter(text => !isIp(text))];
}

function isNet(text: string): boolean {
  return parseCidr(text) !== undefined || parseNet(text) !== undefined || isIp(text);
}

/** Most are IPv4, of which there are a hundred thousand in a fleet: the cheap look first. */
function isIp(text: string): boolean {
  return parseAddress(text) !== undefined || parseIp(text) !== undefined;
}
