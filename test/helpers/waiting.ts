import type {TestCluster} from './cluster.ts';
import {healthy} from './cluster.ts';
import {ago} from './raw.ts';
import type {Json} from './raw.ts';

/** `shop/web` waits since the seconds given; its pods are on no node. */
export function waiting(edit: (spec: Json) => void, seconds = 600): TestCluster {
  return healthy()
    .changeSpec('Deployment', 'shop/web', edit)
    .changeAll('Pod', pod => {
      if (pod.metadata.namespace !== 'shop') return;
      delete pod.spec.nodeName;
      pod.status = {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available',
            lastTransitionTime: ago(seconds),
          },
        ],
      };
    });
}
