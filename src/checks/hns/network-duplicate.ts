import type {HnsNetwork} from '../../hns/model.ts';
import {parseNet} from '../../kube/ip.ts';
import {defineCheck, fail, pass} from '../define.ts';
import type {Fail} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';

/** One for each network interface of the instance, all in the subnet of the VPC. */
const VPC_BRIDGE = /^vpcbr[\da-f]{12}$/i;

export default defineCheck({
  id: 'HNS024',
  name: 'network-duplicate',
  severity: 'warning',
  since: '0.1.0',
  title: 'Two networks of HNS are one',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.networks'],
  perNode: true,
  docs: {
    what: 'The networks of HNS on each Windows node: no two may have one name, whatever its case, or one subnet.',
    why: 'The CNI and kube-proxy find their network by its name and take the first: pods are then on one network and load balancers on the other. With one subnet twice, packets go to whichever network comes first.',
    fix: [
      'See which of them has endpoints: `kubectl win hns networks --node NODE`.',
      'Drain the node, then delete the one without endpoints on it: `Get-HnsNetwork | Where-Object Id -eq ID | Remove-HnsNetwork`.',
      'Restart the CNI’s agent and kube-proxy of the node: Services do not answer there until kube-proxy has made its load balancers anew.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/container-networking/network-drivers-topologies',
      'https://github.com/kubernetes/kubernetes/issues/79515',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.hns.networks'], function* ({node, facts, at}) {
      const networks = facts['node.hns.networks'];
      const ref = hnsRefs(at, 'networks');
      const fails: Fail[] = [];
      for (const same of twins(networks, n => (n.name === '' ? [] : [n.name.toLowerCase()]))) {
        fails.push(
          fail(node, {
            cause: 'one name',
            message: `${node.metadata.name} has ${same.length} networks named \`${same[0]?.name ?? ''}\`: ${same.map(n => n.id).join(', ')}`,
            evidence: same.map(n => ref(n, 'name', {value: n.name})),
          }),
        );
      }
      const named = new Set(fails.map(f => f.message));
      for (const same of twins(
        networks.filter(n => !VPC_BRIDGE.test(n.name)),
        subnetKeys,
      )) {
        const names = new Set(same.map(n => n.name.toLowerCase()));
        // Twins by name are told of already.
        if (names.size === 1 && named.size > 0) continue;
        fails.push(
          fail(node, {
            cause: 'one subnet',
            message: `Networks ${same.map(n => `\`${n.name}\``).join(' and ')} of ${node.metadata.name} have one subnet: ${same[0]?.subnets[0]?.prefix ?? ''}`,
            evidence: same.map(n => ref(n, 'subnets')),
          }),
        );
      }
      if (fails.length > 0) yield* fails;
      else yield pass(node);
    });
  },
});

/** Networks that share a key, group by group. */
function* twins(
  networks: readonly HnsNetwork[],
  keysOf: (network: HnsNetwork) => readonly string[],
): Generator<readonly HnsNetwork[]> {
  const groups = new Map<string, HnsNetwork[]>();
  for (const network of networks) {
    for (const key of new Set(keysOf(network))) {
      const group = groups.get(key);
      if (group) group.push(network);
      else groups.set(key, [network]);
    }
  }
  for (const group of groups.values()) if (group.length > 1) yield group;
}

/** Subnets that are one; `0.0.0.0/0` of transparent networks is no subnet of their own. */
function subnetKeys({subnets}: HnsNetwork): string[] {
  return subnets.flatMap(({prefix}) => {
    const net = parseNet(prefix);
    return net && net.bits > 0 ? [`${net.family}/${net.value}/${net.bits}`] : [];
  });
}
