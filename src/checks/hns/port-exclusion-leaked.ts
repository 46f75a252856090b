import {count, list} from '../../text/words.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Fail, Part} from '../define.ts';
import {defineCheck, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {failOfParts} from '../parts.ts';

/** Node ports of Services, unless the API server was told otherwise (`--service-node-port-range`). */
const NODE_PORTS = {first: 30_000, last: 32_767};
/** HNS takes the one port of a load balancer; a range that an administrator reserves is longer. */
const LONGEST = 1;
const SHOWN = 5;

export default defineCheck({
  id: 'HNS022',
  name: 'port-exclusion-leaked',
  severity: 'warning',
  since: '0.1.0',
  title: 'HNS keeps ports of load balancers that are gone',
  evidence: ['N'],
  needs: ['nodes', 'node.net.ports', 'node.hns.loadbalancers'],
  perNode: true,
  docs: {
    what: 'Single ports in the range of node ports (30000 to 32767) that are excluded for good on a Windows node, against the load balancers of HNS: each must be the port of one. A port that an administrator has reserved by hand looks alike, and one whose load balancer is being made or removed does for a moment, so it is suspected at first.',
    why: 'The port counts as taken: a Service that gets it as its node port has no load balancer on this node, and kube-proxy tries forever (0x803b0013, “the specified port already exists”).',
    fix: [
      'See who reserved it: `netsh int ipv4 show excludedportrange tcp` on the node, and scripts that set up the node.',
      'Give the Service another `nodePort`: clients that use the old one must follow.',
      'Drain the node and restart it: HNS of Windows Server 2019 gives leaked ports back only then.',
      'Move to Windows Server 2022 or later.',
    ],
    links: [
      'https://github.com/kubernetes/kubernetes/pull/137530',
      'https://learn.microsoft.com/troubleshoot/windows-server/networking/reserve-a-range-of-ephemeral-ports',
    ],
  },
  retell: leakedOnes,
  *run(input) {
    yield* eachNode(input, ['node.net.ports', 'node.hns.loadbalancers'], function* ({node, facts, at, gap}) {
      const {excludedRanges} = facts['node.net.ports'];
      if (!excludedRanges) {
        yield unknown(node, 'node.net.ports', missing('failed', 'the node did not tell its excluded ports'));
        return;
      }
      const served = new Set(facts['node.hns.loadbalancers'].flatMap(l => l.ports.map(p => p.external)));
      const leaked = excludedRanges.filter(
        ({start, end, administered}) =>
          administered &&
          end - start < LONGEST &&
          start >= NODE_PORTS.first &&
          end <= NODE_PORTS.last &&
          !served.has(start),
      );
      // Of a part of the load balancers nobody knows which ports the others have.
      if (leaked.length === 0 || gap) {
        yield pass(node);
        return;
      }
      yield failOfParts(node, leakedOnes, {
        cause: 'leaked',
        parts: leaked.map(({index, start}) => ({
          key: String(start),
          as: String(start),
          evidence: [at('net/ports.json', `/excludedRanges/${index}/start`, start)],
        })),
        state: 'suspected',
      });
    });
  },
});

function leakedOnes({node = ''}: Pick<Fail, 'node'>, parts: readonly Part[]): string {
  const shown = parts.slice(0, SHOWN).map(part => part.as);
  const more = parts.length - shown.length;
  return `${node} excludes ${list(more > 0 ? [...shown, `${more} more`] : shown)} for good, and no load balancer of HNS has ${parts.length === 1 ? 'that port' : `any of those ${count(parts.length, 'port')}`}`;
}
