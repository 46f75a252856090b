import check from '../../../src/checks/hns/mtu-wrong.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const HOST = 1;
const POD = 2;
const adapters = (edit: (adapters: Json) => void) => onWin1(n => n.change('net/adapters.json', edit));

checkCases({
  check,
  finds: {
    'a pod on an overlay whose packets leave no room for VXLAN': () => [
      adapters(a => (a[POD].mtu = 1500)),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'too large',
        says: /`vEthernet \(pod\)` of a pod on win-1 has an MTU of 1500, and the node carries 1450 \(1500 less 50 of encapsulation\)/,
      },
    ],
    'one byte too many': () => [adapters(a => (a[POD].mtu = 1451)), {subjects: ['Node//win-1']}],
    'a node whose network carries less': () => [
      adapters(a => (a[HOST].mtu = 1460)),
      {subjects: ['Node//win-1'], says: /1450, and the node carries 1410/},
    ],
    'one far smaller than need be': () => [
      adapters(a => (a[POD].mtu = 1399)),
      {subjects: ['Node//win-1'], severity: 'info', cause: 'smaller than need be'},
    ],
  },
  passes: {
    '1450 on an overlay': () => healthyWithAgents(),
    'a node with jumbo frames': () => adapters(a => (a[HOST].mtu = 9001)),
    '1400, which some plug-ins set': () => adapters(a => (a[POD].mtu = 1400)),
    '1500 where nothing encapsulates': () =>
      hnsOf('networks', {
        v2: ([network]) => (network.Type = 'L2Bridge'),
        v1: ([network]) => (network.Type = 'L2Bridge'),
      }).onNode('win-1', n => {
        n.change('hns/v1-endpoints.json', ([e]) => delete e.EncapOverhead);
        n.change('hns/endpoints.json', ([e]) => {
          e.Policies = e.Policies.filter((p: Json) => p.Type !== 'EncapOverhead');
        });
        n.change('net/adapters.json', a => (a[POD].mtu = 1500));
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'adapters could not be listed': () => [onWin1(n => n.without('net/adapters.json')), 'node.net.adapters'],
    'adapters of pods are not among them': () => [adapters(a => a.splice(POD, 1)), 'node.net.adapters'],
  },
});
