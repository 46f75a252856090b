import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import type {TestProbing} from '../../helpers/probing.ts';
import {probed} from '../../helpers/probing.ts';
import {rows} from './found.ts';

/** Everything that can be read of the nodes is right: a probe alone shows these. */
const seen = (edit: (probing: TestProbing) => void): TestCluster =>
  probed(healthyWithAgents(), edit, {targets: [{host: '203.0.113.10', port: 443, protocol: 'tcp'}]});

rows([
  [
    'load balancer and endpoints agree, and the path between them is dead',
    () =>
      seen(p => p.fail(q => q.leg === 'cluster-ip' && q.from.node === 'win-1' && q.to.host === '10.96.30.1')),
    ['NET010'],
  ],
  [
    'exceptions of outbound NAT are right, and VFP has no SNAT rule',
    () => seen(p => p.fail(q => q.leg === 'outbound' && q.from.node === 'win-1')),
    ['NET006'],
  ],
  [
    'egress of a pod fails although HNS looks right',
    () =>
      seen(p => p.fail(q => q.from.pod !== undefined && q.from.node === 'win-1' && q.to.node !== 'win-1')),
    ['DNS001', 'NET003', 'NET006', 'NET011'],
  ],
]);
