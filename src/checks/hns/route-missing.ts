import {forwardsByOvs} from '../../hns/cni-network.ts';
import type {HnsEndpoint, HnsNetwork} from '../../hns/model.ts';
import {parseIp} from '../../kube/ip.ts';
import {providerOfNode} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import {HOST_COMPARTMENT} from '../../node/net.ts';
import {count} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {hnsRefs, ipRef} from './shared/hns-ref.ts';
import {internalIps} from './shared/node-ips.ts';
import {podEndpoints} from './shared/pod-endpoints.ts';

const DEFAULTS = {4: '0.0.0.0/0', 6: '::/0'} as const;
/** Where clouds answer who an instance is; images of these set a route of its own to it. */
const METADATA = '169.254.169.254/32';
const WITH_METADATA_ROUTE: ReadonlySet<string> = new Set(['eks', 'gke']);
const LINK_LOCAL = /^(?:169\.254\.|fe80:)/i;

export default defineCheck({
  id: 'HNS018',
  name: 'route-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'Routes that nodes or pods need are gone',
  evidence: ['N'],
  needs: ['nodes', 'node.net.routes', 'node.hns.networks', 'node.hns.endpoints', 'node.hns.namespaces'],
  perNode: true,
  docs: {
    what: 'On each Windows node: a default route in the host’s compartment (of IPv4, or of IPv6 where the node has no other address, and of both on AKS); on EKS and GKE the route to the metadata service (169.254.169.254/32); and a gateway for the endpoints of each pod. Networks of Open vSwitch are left out.',
    why: 'When HNS makes a network it moves the address of the node to a virtual adapter, and routes can get lost. Then the node does not reach the API server, cloud credentials fail, or pods reach only their own node.',
    fix: [
      'Default route: `New-NetRoute -DestinationPrefix 0.0.0.0/0 -NextHop GATEWAY -InterfaceIndex INDEX` on the node; interrupts nothing.',
      'Metadata: `New-NetRoute -DestinationPrefix 169.254.169.254/32 -NextHop GATEWAY -InterfaceIndex INDEX`, or the start script of the image.',
      'A pod without gateway: make the pod anew, and see the `ipam` section of the CNI configuration.',
    ],
    links: [
      'https://github.com/microsoft/windows-container-networking/pull/116',
      'https://github.com/kubernetes-sigs/sig-windows-tools/issues/36',
      'https://github.com/microsoft/hcsshim/issues/299',
    ],
  },
  *run(input) {
    const keys = [
      'node.net.routes',
      'node.hns.networks',
      'node.hns.endpoints',
      'node.hns.namespaces',
    ] as const;
    yield* eachNode(input, keys, function* ({node, facts, at, gap}) {
      // Of a part of what there is nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const {name} = node.metadata;
      const host = new Set(
        facts['node.net.routes'].filter(r => r.compartment === HOST_COMPARTMENT).map(r => r.destination),
      );
      const table = at('net/routes.json', '');
      const fails: Fail[] = [];
      const provider = providerOfNode(node) ?? '';
      for (const {family, position, address} of familiesOf(node, provider)) {
        if (host.has(DEFAULTS[family])) continue;
        fails.push(
          fail(node, {
            cause: `host ${DEFAULTS[family]}`,
            message: `${name} has the address ${address} and no route to ${DEFAULTS[family]}`,
            evidence: [ref(node, `/status/addresses/${position}/address`, address), table],
          }),
        );
      }
      if (WITH_METADATA_ROUTE.has(provider) && !host.has(METADATA)) {
        fails.push(
          fail(node, {
            cause: 'metadata route',
            message: `${name} has no route to the metadata service (${METADATA})`,
            evidence: [table],
          }),
        );
      }
      const bare = withoutGateway(
        podEndpoints(facts['node.hns.endpoints'], facts['node.hns.namespaces']),
        facts['node.hns.networks'],
      );
      const [first] = bare;
      if (first) {
        const hnsRef = hnsRefs(at, 'endpoints');
        const more = bare.length > 1 ? `, and ${count(bare.length - 1, 'more endpoint')} likewise` : '';
        fails.push(
          fail(node, {
            cause: 'endpoint without gateway',
            message: `The endpoint of a pod on ${name} (${first.ips.join(' and ')}) has no gateway${more}`,
            evidence: bare.map(e => ipRef(hnsRef, e)),
          }),
        );
      }
      if (fails.length > 0) yield* fails;
      else yield pass(node);
    });
  },
});

/**
 * Families of a node’s internal addresses that need a way out, each with the first address: IPv4, else IPv6. Beside IPv4 many
 * clusters use IPv6 among themselves only; on AKS it leads out.
 */
function familiesOf(node: Node, provider: string): {family: 4 | 6; position: number; address: string}[] {
  const found = internalIps(node).flatMap(({address, position}) => {
    const family = parseIp(address)?.family;
    return family === undefined ? [] : [{family, position, address}];
  });
  const firsts = found.filter(({family}, i) => found.findIndex(f => f.family === family) === i);
  return firsts.filter(({family}) => family === 4 || firsts.length === 1 || provider === 'aks');
}

/** One endpoint for each pod none of whose endpoints leads anywhere. */
function withoutGateway(endpoints: readonly HnsEndpoint[], networks: readonly HnsNetwork[]): HnsEndpoint[] {
  const byOvs = new Set(networks.filter(forwardsByOvs).map(n => n.id));
  const judged = endpoints.filter(
    // An address of the link alone has no gateway: Azure gives pods such an endpoint beside the real one.
    e => !byOvs.has(e.network) && e.ips.some(ip => !LINK_LOCAL.test(ip)),
  );
  const byPod = Map.groupBy(judged, e => e.namespace ?? e.id);
  return [...byPod.values()].flatMap(all => (all.some(leads) ? [] : all.slice(0, 1)));
}

function leads({gateways, routes}: HnsEndpoint): boolean {
  return (
    gateways.length > 0 || routes.some(r => r.destination === DEFAULTS[4] || r.destination === DEFAULTS[6])
  );
}
