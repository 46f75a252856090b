import type {HnsEndpoint} from '../../hns/model.ts';
import {ipKey} from '../../kube/ip.ts';
import {count} from '../../text/words.ts';
import type {Fail, Part} from '../define.ts';
import {defineCheck, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {failOfParts} from '../parts.ts';
import {hnsRefs, ipRef} from './shared/hns-ref.ts';

/** Removed, and only still listed. */
const DESTROYED = 6;

export default defineCheck({
  id: 'HNS009',
  name: 'endpoint-ip-duplicate',
  severity: 'error',
  since: '0.1.0',
  title: 'Two endpoints have one address',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.endpoints'],
  perNode: true,
  docs: {
    what: 'The endpoints of HNS on each Windows node: within a network no two may have one address, be they of pods here or remote ones, which kube-proxy makes of backends elsewhere. A remote one whose address has just come to a pod here goes away by itself, so that pair is suspected first.',
    why: 'Packets to the address go to the wrong one of the two: the pod is not reachable from this node, or not at all.',
    fix: [
      'See which of them is a living pod’s: `kubectl win hns endpoints --node NODE`.',
      'Delete the other on the node: `Get-HnsEndpoint | Where-Object Id -eq ID | Remove-HnsEndpoint`. A remote one interrupts nothing else.',
      'Where two pods here have one address, delete the younger one, so that it gets another.',
      'Restart kube-proxy of the node: its Services do not answer there until all load balancers are made anew.',
    ],
    links: [
      'https://github.com/microsoft/Windows-Containers/issues/631',
      'https://github.com/kubernetes/kubernetes/issues/130963',
    ],
  },
  retell: duplicates,
  *run(input) {
    yield* eachNode(input, ['node.hns.endpoints'], function* ({node, facts, at}) {
      const byIp = new Map<string, HnsEndpoint[]>();
      for (const endpoint of facts['node.hns.endpoints']) {
        if (endpoint.state === DESTROYED) continue;
        for (const ip of endpoint.ips) {
          const key = `${endpoint.network} ${ipKey(ip)}`;
          const known = byIp.get(key);
          if (known) known.push(endpoint);
          else byIp.set(key, [endpoint]);
        }
      }
      const twins = Map.groupBy(
        [...byIp.values()].filter(same => same.length > 1),
        causeOf,
      );
      const ref = hnsRefs(at, 'endpoints');
      const fails = [...twins].map(([cause, groups]) =>
        failOfParts(node, duplicates, {
          cause,
          parts: groups.map(same => {
            const [ip = ''] = sharedIps(same);
            return {
              key: ip,
              as: `${same.length} endpoints with the address ${ip}`,
              evidence: same.map(endpoint => ipRef(ref, endpoint)),
            };
          }),
          ...(cause === 'local and remote' && {state: 'suspected'}),
        }),
      );
      if (fails.length > 0) yield* fails;
      else yield pass(node);
    });
  },
});

function duplicates({node = '', cause}: Pick<Fail, 'node' | 'cause'>, parts: readonly Part[]): string {
  const more = parts.length > 1 ? `, and ${count(parts.length - 1, 'more address')} likewise` : '';
  return `${node} has ${parts[0]?.as ?? ''}, ${WORDS.get(cause) ?? ''}${more}`;
}

type Cause = 'local and remote' | 'local twice' | 'remote twice';

const WORDS: ReadonlyMap<string, string> = new Map<Cause, string>([
  ['local and remote', 'one of a pod here and one of a backend elsewhere'],
  ['local twice', 'all of this node'],
  ['remote twice', 'all of backends elsewhere'],
]);

function causeOf(same: readonly HnsEndpoint[]): Cause {
  const remote = same.filter(e => e.remote).length;
  if (remote === 0) return 'local twice';
  return remote === same.length ? 'remote twice' : 'local and remote';
}

/** Addresses that the first endpoint shares with another. */
function sharedIps([first, ...rest]: readonly HnsEndpoint[]): string[] {
  const others = new Set(rest.flatMap(e => e.ips.map(ipKey)));
  return first ? first.ips.filter(ip => others.has(ipKey(ip))) : [];
}
