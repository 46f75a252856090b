import {partWords} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck, pass} from '../define.ts';
import {lossesOf, refOf} from './shared/outcomes.ts';
import {LINK_LEGS, linksOf} from './shared/links.ts';
import {NET_WANTS, seenOf} from './shared/seen.ts';

export default defineCheck({
  id: 'NET008',
  name: 'linux-windows',
  severity: 'error',
  since: '0.1.0',
  title: 'Linux and Windows nodes do not reach one another',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'Of all connections from hosts and pods to pods of other nodes looks at those that go from Linux to Windows nodes, and from Windows to Linux nodes. It fails where everything in one of these directions fails, between several nodes.',
    why: 'Windows pods find no cluster DNS, which runs on Linux, or Linux front ends get no answer from Windows back ends.',
    fix: [
      'With flannel or Calico compare the VXLAN settings of both sides: VNI 4096 and UDP port 4789 are what Windows can (CNI005).',
      'Let that UDP port pass between the nodes in both directions, in the Windows firewall as well.',
      'See the HNS networks of the Windows nodes: `kubectl win hns check`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/',
      'https://github.com/flannel-io/flannel/blob/master/Documentation/backends.md#vxlan',
    ],
  },
  *run(input) {
    const seen = seenOf(input);
    yield* lossesOf(seen, LINK_LEGS);
    const fails: Fail[] = seen.faults.flatMap(fault => {
      if (fault.kind !== 'between-groups' || /^(?:zone|rack) /.test(fault.from)) return [];
      const links = linksOf(fault, seen);
      const nodes = [...new Set(links.map(l => l.probe.to.node ?? ''))];
      const words = `${NAMES[fault.from] ?? fault.from} to ${NAMES[fault.to] ?? fault.to}`;
      return nodes.map(name => ({
        status: 'fail' as const,
        subject: {kind: 'Node', name},
        node: name,
        cause: `from ${words}`,
        message: `Nothing goes from ${words} nodes: all ${count(links.length, 'connection')}${partWords(fault.only)} failed`,
        evidence: links.slice(0, MOST_FACTS).map(refOf),
      }));
    });
    yield* fails;
    if (fails.length > 0) return;
    for (const node of new Set(seen.tried(...LINK_LEGS).map(t => t.probe.to.node ?? '')))
      yield pass({kind: 'Node', name: node});
  },
});

/** More would say the same. */
const MOST_FACTS = 3;

const NAMES: Readonly<Record<string, string>> = {linux: 'Linux', windows: 'Windows'};
