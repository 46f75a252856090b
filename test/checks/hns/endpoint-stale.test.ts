import check from '../../../src/checks/hns/endpoint-stale.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {onWin1} from '../../helpers/hns-changes.ts';
import type {TestNode} from '../../helpers/node-files.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';

/** Steps of 100 ns since 1601. */
const filetime = (time: string): string => String((BigInt(Date.parse(time)) + 11_644_473_600_000n) * 10_000n);

/** What is left of a pod: an endpoint in a namespace that no sandbox has. */
const leftover =
  (change: Json = {}) =>
  (node: TestNode) =>
    node.change('hns/v1-endpoints.json', list =>
      list.push({
        ...list[0],
        ID: '0DADA000-0000-4000-8000-000000000001',
        Name: `${'ab12'.repeat(16)}_flannel.4096`,
        IPAddress: '10.244.1.77',
        Namespace: {ID: '0DADA000-0000-4000-8000-0000000000AA'},
        SharedContainers: ['ab12'.repeat(16)],
        CreateProcessingStartTime: filetime(ago(300)),
        ...change,
      }),
    );
/** Takes what tells of a sandbox off endpoints and namespaces. */
function unlinked(list: Json[]): void {
  for (const object of list) Object.assign(object, {Name: 'own', SharedContainers: [], Containers: []});
}
const found = {subjects: ['Node//win-1'], cause: 'no sandbox'};

checkCases({
  check,
  finds: {
    'an endpoint whose sandbox is gone, five minutes old': () => [
      onWin1(leftover()),
      {
        ...found,
        severity: 'warning',
        says: /HNS on win-1 has 1 endpoint of pods that containerd does not know, as `.*_flannel\.4096` with 10\.244\.1\.77, 5 min old/,
      },
    ],
    'its age is not known': () => [onWin1(leftover({CreateProcessingStartTime: 0})), found],
    'the plug-in of Azure names it': () => [onWin1(leftover({Name: 'ab12ab12-eth0'})), found],
    'a NAT network that the CNI uses': () => [
      onWin1(n => {
        leftover({VirtualNetwork: '0DADA000-0000-4000-8000-0000000000FF'})(n);
        n.change('hns/v1-networks.json', list =>
          list.push({ID: '0DADA000-0000-4000-8000-0000000000FF', Name: 'nat', Type: 'nat', State: 1}),
        );
        n.change('cni/10-flannel.conflist', c => (c.name = 'nat'));
      }),
      found,
    ],
  },
  passes: {
    'every endpoint is a living pod’s or the host’s': () => healthyWithAgents(),
    'it is being made': () => onWin1(leftover({CreateProcessingStartTime: filetime(ago(299))})),
    'one that was destroyed': () => onWin1(leftover({State: 6})),
    'the sandbox is there, and no longer ready': () =>
      onWin1(n => n.change('cri/sandboxes.json', s => (s.items[0].state = 'SANDBOX_NOTREADY'))),
    'a sandbox without a namespace that is known, by its name': () =>
      onWin1(n => n.change('cri/sandboxes.json', s => delete s.items[0].info)),
    'the host’s own': () =>
      onWin1(n =>
        leftover({
          Name: 'Calico_ep',
          SharedContainers: [],
          Namespace: {ID: n.get('hns/v1-namespaces.json')[0].ID},
        })(n),
      ),
    'containers of Docker in its own network': () =>
      onWin1(n => {
        leftover({VirtualNetwork: '0DADA000-0000-4000-8000-0000000000FF'})(n);
        n.change('hns/v1-networks.json', list =>
          list.push({ID: '0DADA000-0000-4000-8000-0000000000FF', Name: 'nat', Type: 'nat', State: 1}),
        );
      }),
  },
  unknown: {
    'nothing tells which endpoint is of which sandbox': () => [
      onWin1(n => {
        n.change('cri/sandboxes.json', ({items}) => delete items[0].info);
        n.change('hns/endpoints.json', unlinked).change('hns/v1-endpoints.json', unlinked);
        n.change('hns/v1-namespaces.json', unlinked).change('hns/namespaces.json', (list: Json[]) => {
          for (const object of list)
            object.Resources = object.Resources.filter((r: Json) => r.Type !== 'Container');
        });
      }),
      'node.cri.sandboxes',
    ],

    'the list of sandboxes breaks off': () => [
      onWin1(n => leftover()(n).set('cri/sandboxes.json', '{"items": [')),
      'node.cri.sandboxes',
    ],

    'no agent was asked': () => [healthy(), 'node.hns.endpoints'],
    'containerd did not answer': () => [
      onWin1(n => {
        leftover()(n);
        n.without('cri/sandboxes.json', 'failed', 'containerd did not answer');
      }),
      'node.cri.sandboxes',
    ],
  },
});
