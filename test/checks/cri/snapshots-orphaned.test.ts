import check from '../../../src/checks/cri/snapshots-orphaned.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {DAY, ago} from '../../helpers/raw.ts';

const layer = (kind: string, days: number) =>
  healthyWithAgents().onNode('win-1', n =>
    n.change('cri/snapshots.json', s =>
      s.snapshots.push({
        key: 'lost',
        parent: 'sha256:1111',
        kind,
        snapshotter: 'windows',
        createdAt: ago(days * DAY),
      }),
    ),
  );

checkCases({
  check,
  finds: {
    'a scratch layer that no container uses': () => [
      layer('ACTIVE', 3),
      {
        subjects: ['Node//win-1'],
        severity: 'warning',
        says: /1 scratch layer that no container uses, the first `lost`/,
      },
    ],
  },
  passes: {
    'every scratch layer has its container': () => healthyWithAgents(),
    'a layer of a pull that goes on': () => layer('ACTIVE', 0.5),
    'a layer of an image': () => layer('COMMITTED', 30),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.cri.snapshots'],
    'containerd did not list them': () => [
      healthyWithAgents().onNode('win-1', n => n.without('cri/snapshots.json')),
      'node.cri.snapshots',
    ],
  },
});
