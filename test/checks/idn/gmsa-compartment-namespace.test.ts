import check from '../../../src/checks/idn/gmsa-compartment-namespace.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {gmsaCluster} from '../../helpers/gmsa.ts';
import {healthyNode} from '../../helpers/healthy-node.ts';

const FILE = 'registry/hns.json';
const KEY = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\hns\State`;

/** Both nodes run a pod with a gMSA; the registry of `win-1` is so. */
const on = (edit: (node: ReturnType<typeof healthyNode>) => void): TestCluster =>
  gmsaCluster().agents(healthyNode('win-1'), healthyNode('win-2')).onNode('win-1', edit);

checkCases({
  check,
  finds: {
    'the value is 0': () => [
      on(n => n.set(FILE, {[KEY]: {EnableCompartmentNamespace: 0}})),
      {
        severity: 'warning',
        subjects: ['Node//win-1'],
        says: /EnableCompartmentNamespace of HNS on win-1 is 0/,
      },
    ],
    'the value is not set': () => [
      on(n => n.set(FILE, {[KEY]: {}})),
      {subjects: ['Node//win-1'], says: /is not set/},
    ],
  },
  passes: {
    'the value is 1': () => on(() => {}),
    'keys in another case': () =>
      on(n => n.set(FILE, {[KEY.toUpperCase()]: {enablecompartmentnamespace: 1}})),
    'no pod has a gMSA': () => healthyWithAgents().onNode('win-1', n => n.set(FILE, {})),
  },
  unknown: {
    'no agent was asked': () => [gmsaCluster(), 'node.registry'],
    'the registry could not be read': () => [on(n => n.without(FILE)), 'node.registry'],
  },
});
