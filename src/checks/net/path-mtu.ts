import type {Target} from '../../probes/types.ts';
import {placeText} from '../../probes/verdict.ts';
import {count} from '../../text/words.ts';
import {defineCheck} from '../define.ts';
import {eachVantage, failOf} from './shared/outcomes.ts';
import {NET_WANTS} from './shared/seen.ts';

export default defineCheck({
  id: 'NET009',
  name: 'path-mtu',
  severity: 'error',
  since: '0.1.0',
  title: 'Large packets are lost on their way',
  evidence: ['P', 'A'],
  needs: ['probes'],
  wants: NET_WANTS,
  docs: {
    what: 'From inside a pod sends ever larger packets to a listener that the agent of another node opens in the network of a pod there. It fails where small ones arrive and large ones do not.',
    why: 'Connections are made and then stall: TLS handshakes, uploads, answers longer than some size.',
    fix: [
      'Compare the MTU of the pods with that of the way between the nodes: an overlay takes 50 bytes of each packet (VXLAN), a VPN more.',
      'Set the MTU of the pod network to what gets through, in the configuration of the CNI, and recreate the pods.',
      'Let ICMP "fragmentation needed" pass the firewalls in between.',
    ],
    links: [
      'https://datatracker.ietf.org/doc/html/rfc8899',
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
      'https://docs.tigera.io/calico/latest/networking/configuring/mtu',
    ],
  },
  many: (fails, subjects) =>
    `Large packets to ${count(subjects, 'node')} are lost on their way, such as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    yield* eachVantage(input, ['path-mtu'], function* ({tried, seen}) {
      for (const one of tried) {
        if (one.result.error !== 'blackhole') continue;
        const {probe, result} = one;
        const most = result.passedBytes;
        yield failOf(one, {
          subject: {kind: 'Node', name: probe.to.node ?? probe.to.of.name},
          seen,
          cause: 'black hole',
          message: `Packets ${most === undefined ? '' : `above ${most} bytes `}from ${placeText(probe)} to ${podText(probe.to)} are lost`,
        });
      }
    });
  },
});

/** The port is the listener's, and says nothing. */
function podText({of: {namespace = '', name}, node = ''}: Target): string {
  return `pod ${namespace}/${name} on ${node}`;
}
