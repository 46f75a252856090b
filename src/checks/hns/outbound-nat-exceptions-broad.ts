import {parseNet} from '../../kube/ip.ts';
import {list} from '../../text/words.ts';
import {defineCheck, fail, pass, skip} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs} from './shared/hns-ref.ts';
import {natExceptions} from './shared/nat-exceptions.ts';
import {podEndpoints} from './shared/pod-endpoints.ts';

/** `10.0.0.0/8` is the usual one. No range of pods or Services of a cluster is so large. */
const BROAD = {4: 8, 6: 16} as const;

export default defineCheck({
  id: 'HNS014',
  name: 'outbound-nat-exceptions-broad',
  severity: 'info',
  since: '0.1.0',
  title: 'Pods reach a whole private range under their own address',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.endpoints', 'node.hns.namespaces'],
  perNode: true,
  docs: {
    what: 'Exceptions in the `OutBoundNAT` policies of the endpoints of pods on Windows nodes that hold 10.0.0.0/8 or as much (a prefix of 8 bits or less; of 16 for IPv6).',
    why: 'Where such a range also holds networks outside the cluster, packets go there under the pod’s own address, which nobody there knows a way back to: databases and APIs in the company’s network do not answer. Where it holds only the cluster it does no harm.',
    fix: [
      'If pods do not reach such networks: narrow the exceptions to the ranges of pods, Services and nodes in the CNI configuration.',
      'Then make the pods of the node anew, a few at a time.',
    ],
    links: ['https://github.com/Azure/AKS/issues/1859', 'https://github.com/Azure/AKS/issues/1367'],
  },
  *run(input) {
    const keys = ['node.hns.endpoints', 'node.hns.namespaces'] as const;
    yield* eachNode(input, keys, function* ({node, facts, at}) {
      const endpoints = podEndpoints(facts['node.hns.endpoints'], facts['node.hns.namespaces']);
      const found = endpoints.flatMap(endpoint => {
        const exceptions = natExceptions(endpoint);
        const broad = exceptions?.texts.filter(isBroad) ?? [];
        return broad.length > 0 ? [{endpoint, broad, position: exceptions?.positions[0] ?? 0}] : [];
      });
      if (endpoints.length === 0) yield skip('no pod of the node has an endpoint');
      else if (found.length === 0) yield pass(node);
      else {
        const ref = hnsRefs(at, 'endpoints');
        yield fail(node, {
          cause: 'broad',
          message: `Pods on ${node.metadata.name} reach all of ${list([...new Set(found.flatMap(f => f.broad))])} under their own address`,
          evidence: found.map(f => ref(f.endpoint, 'policies', {index: f.position})),
        });
      }
    });
  },
});

function isBroad(text: string): boolean {
  const net = parseNet(text);
  return net !== undefined && net.bits <= BROAD[net.family];
}
