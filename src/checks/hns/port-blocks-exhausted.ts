import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** Each load balancer without DSR, and each pod's outbound NAT, takes a block (https://github.com/microsoft/hcsshim/issues/1043). */
const FEW = 25;
const NEARLY_NONE = 10;

export default defineCheck({
  id: 'HNS021',
  name: 'port-blocks-exhausted',
  severity: 'error',
  since: '0.1.0',
  title: 'HNS runs out of blocks of ports',
  evidence: ['N'],
  needs: ['nodes', 'node.net.ports'],
  perNode: true,
  docs: {
    what: 'How many blocks of 64 TCP ports still fit into the dynamic range of each Windows node, by what is excluded and in use: 25 or fewer is a warning, 10 or fewer an error.',
    why: 'HNS reserves a block for each load balancer without DSR: without one, new Services get no load balancer on the node and new pods no outbound NAT.',
    fix: [
      'See what is reserved: `netsh int ipv4 show excludedportrange tcp` on the node.',
      'Widen the range: `netsh int ipv4 set dynamicport tcp start=34000 num=31535`, then restart the node.',
      'Use DSR (`--enable-dsr=true` of kube-proxy), which needs no blocks.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/kubernetes/common-problems',
      'https://github.com/microsoft/hcsshim/issues/1043',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.net.ports'], function* ({node, facts, at}) {
      const {freeBlocks64: free} = facts['node.net.ports'];
      if (free === undefined) {
        yield unknown(node, 'node.net.ports', missing('failed', 'how many blocks are free is not known'));
      } else if (free > FEW) yield pass(node);
      else {
        yield fail(node, {
          severity: free <= NEARLY_NONE ? 'error' : 'warning',
          cause: free <= NEARLY_NONE ? 'nearly none' : 'few',
          message: `${node.metadata.name} has ${free} free blocks of 64 ports`,
          evidence: [at('net/ports.json', '/freeBlocks64', free)],
        });
      }
    });
  },
});
