import check from '../../../src/checks/hns/network-degraded.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const state = (State: number, more: Json = {}) =>
  hnsOf('networks', {v1: ([network]) => Object.assign(network, {State, ...more})});

checkCases({
  check,
  finds: {
    'it is degraded': () => [
      state(2),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'state 2',
        says: /Network `flannel\.4096` of win-1 is degraded \(state 2\)/,
      },
    ],
    'it is destroyed, and HNS says why': () => [
      state(3, {Health: {LastErrorCode: 2_151_350_278}}),
      {subjects: ['Node//win-1'], says: /destroyed \(state 3, last error 0x803b0006\)/},
    ],
    'it never came up': () => [state(0), {subjects: ['Node//win-1'], says: /not initialised/}],
  },
  passes: {
    'it is created': () => healthyWithAgents(),
    'another one, which nobody names, is degraded': () =>
      hnsOf('networks', {
        v1: list =>
          list.push({ID: '0DADA000-0000-4000-8000-0000000000FF', Name: 'nat', Type: 'nat', State: 2}),
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'v1, which alone has states, did not answer': () => [
      onWin1(n => n.without('hns/v1-networks.json', 'timeout', 'HNS did not answer within 5 s')),
      'node.hns',
    ],
  },
});
