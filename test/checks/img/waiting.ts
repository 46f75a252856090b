import {healthy} from '../../helpers/cluster.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {event} from '../../helpers/raw.ts';
import type {Json} from '../../helpers/raw.ts';

/** `shop/web-0` on `win-1`, waiting for its container in a state. */
export function waiting(reason: string, message: string, cluster: TestCluster = healthy()): TestCluster {
  return cluster.change('Pod', 'shop/web-0', p => {
    p.status.phase = 'Pending';
    for (const c of p.status.conditions) if (c.type === 'Ready') c.status = 'False';
    p.status.containerStatuses[0].state = {waiting: {reason, message}};
    p.status.containerStatuses[0].ready = false;
  });
}

/** The same pod, with an event of the last minutes. */
export function withEvent(reason: string, message: string, cluster: TestCluster): TestCluster {
  return cluster.add(event(cluster.get('Pod', 'shop/web-0'), reason, message));
}

/** Gives the container of `shop/web` another image. */
export function image(name: string, cluster: TestCluster = healthy()): TestCluster {
  return cluster.changeSpec('Deployment', 'shop/web', (spec: Json) => {
    spec.containers[0].image = name;
  });
}
