import check from '../../../src/checks/hns/namespace-stuck.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, onWin1} from '../../helpers/hns-changes.ts';
import {idOf} from '../../helpers/healthy-runtime.ts';
import type {Json} from '../../helpers/raw.ts';

const ID = '932331A3-B265-4FCE-B4C8-079E70982379';
const namespace = (change: Json): Json => ({
  ID,
  CompartmentId: 51,
  IsDefault: false,
  Containers: [],
  ResourceList: [],
  State: 1,
  ...change,
});
const withNamespace = (change: Json) => hnsOf('namespaces', {v1: list => list.push(namespace(change))});
const DEAD = '4b57fac484487d41925f27601c210d4a7634eb5407f9fffe28037f5eba3bbd0d';

checkCases({
  check,
  finds: {
    'one names a container that is gone, and is being removed': () => [
      withNamespace({Containers: [DEAD], State: 4}),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        cause: 'dead containers',
        says: /1 namespace that HNS cannot remove, as 932331a3-b265-4fce-b4c8-079e70982379, which names container 4b57fac48448 that does not exist \(state 4\)/,
      },
    ],
    'the id of the container is cut to twelve digits': () => [
      withNamespace({Containers: [DEAD.slice(0, 12)]}),
      {subjects: ['Node//win-1'], cause: 'dead containers'},
    ],
    'one is being removed and names none': () => [
      withNamespace({State: 4}),
      {subjects: ['Node//win-1'], cause: 'being removed'},
    ],
  },
  passes: {
    'every namespace is a living pod’s': () => healthyWithAgents(),
    'a container that lives, by the start of its id': () =>
      withNamespace({Containers: [idOf('web-0').slice(0, 12)]}),
    'a sandbox that is only stopped is no dead one': () =>
      withNamespace({Containers: [idOf('web-0')]}).onNode('win-1', n =>
        n.change('cri/sandboxes.json', s => (s.items[0].state = 'SANDBOX_NOTREADY')),
      ),
    'one with an endpoint is in use': () =>
      withNamespace({
        Containers: [DEAD],
        ResourceList: [{Type: 'Endpoint', Data: {Id: '11111111-2222-4333-8444-555555555555'}}],
      }),
    'one that was just made names nothing': () => withNamespace({}),
  },
  unknown: {
    'the list of sandboxes breaks off': () => [
      withNamespace({Containers: [DEAD], State: 4}).onNode('win-1', n =>
        n.set('cri/sandboxes.json', '{"items": ['),
      ),
      'node.cri.sandboxes',
    ],

    'no agent was asked': () => [healthy(), 'node.hns.namespaces'],
    'containers may not be listed': () => [
      onWin1(n => n.without('cri/containers.json')),
      'node.cri.containers',
    ],
  },
});
