import check from '../../../src/checks/hns/endpoint-not-attached.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {onWin1} from '../../helpers/hns-changes.ts';
import {ago} from '../../helpers/raw.ts';

const state = (State: number, SharedContainers?: string[]) =>
  onWin1(n =>
    n.change('hns/v1-endpoints.json', ([endpoint]) =>
      Object.assign(endpoint, {State, ...(SharedContainers && {SharedContainers})}),
    ),
  );

checkCases({
  check,
  finds: {
    'it was made and never attached': () => [
      state(1, []),
      {
        subjects: ['Pod/shop/web-0'],
        severity: 'error',
        cause: 'state 1',
        says: /The endpoint of Pod shop\/web-0 on win-1 \(10\.244\..*\) is made and never attached \(state 1\)/,
      },
    ],
    'it is degraded': () => [state(5), {subjects: ['Pod/shop/web-0'], cause: 'state 5', says: /degraded/}],
    'it is detached': () => [state(4), {subjects: ['Pod/shop/web-0'], says: /detached/}],
    'it is attached and not shared': () => [state(2), {subjects: ['Pod/shop/web-0']}],
  },
  passes: {
    'it is shared with its containers': () => healthyWithAgents(),
    'a Hyper-V sandbox is attached as a whole': () =>
      state(2).onNode('win-1', n =>
        n.change('cri/sandboxes.json', s => (s.items[0].runtimeHandler = 'runhcs-wcow-hypervisor')),
      ),
    'remote endpoints are never attached': () => healthyWithAgents(),
    'a sandbox that has just started': () =>
      state(1).onNode('win-1', n =>
        n.change('cri/sandboxes.json', s => (s.items[0].createdAt = `${Date.parse(ago(59))}000000`)),
      ),
    'a sandbox that no longer runs': () =>
      state(4).onNode('win-1', n =>
        n.change('cri/sandboxes.json', s => (s.items[0].state = 'SANDBOX_NOTREADY')),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.endpoints'],
    'only v2, which has no states, was answered': () => [
      onWin1(n => n.without('hns/v1-endpoints.json', 'timeout', 'HNS did not answer within 5 s')),
      'node.hns',
    ],
    'sandboxes may not be listed': () => [onWin1(n => n.without('cri/sandboxes.json')), 'node.cri.sandboxes'],
  },
});
