import {ago, event} from '../helpers/raw.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import type {Program} from './plan.ts';
import type {World} from './world.ts';

/** Events of a normal life: starts, late pulls, troubles that passed. The pods themselves run. */
export function addHistory(world: World, {history}: Program, pods: Raw[]): void {
  const [pod] = pods;
  if (!pod) return;
  const normal = {type: 'Normal', count: 1, first: ago(1800), last: ago(1800)};
  const past = {count: 3, first: ago(2400), last: ago(2000)};
  switch (history) {
    case 'born':
      world.add(
        event(pod, 'Scheduled', 'Successfully assigned it to a node', {
          ...normal,
          component: 'default-scheduler',
        }),
        event(pod, 'Pulled', 'Container image "x" already present on machine', normal),
        event(pod, 'Created', 'Created container: app', normal),
        event(pod, 'Started', 'Started container app', normal),
      );
      return;
    case 'pulled-late':
      world.add(
        event(pod, 'BackOff', 'Back-off pulling image "registry.example.test/shop/web:1.4.2"', past),
        event(
          pod,
          'Failed',
          'Failed to pull image "registry.example.test/shop/web:1.4.2": rpc error: code = Unknown desc = failed to pull and unpack image: dial tcp: i/o timeout',
          past,
        ),
        event(
          pod,
          'Pulled',
          'Successfully pulled image "registry.example.test/shop/web:1.4.2" in 2m1.5s (2m1.5s including waiting). Image size: 1900000000 bytes.',
          normal,
        ),
      );
      return;
    case 'resolved':
      world.add(
        event(pod, 'FailedScheduling', '0/4 nodes are available: 2 Insufficient cpu.', {
          ...past,
          component: 'default-scheduler',
        }),
        event(
          pod,
          'FailedMount',
          'MountVolume.SetUp failed for volume "kube-api-access" : failed to sync configmap cache: timed out waiting for the condition',
          past,
        ),
        event(
          pod,
          'Unhealthy',
          'Readiness probe failed: dial tcp 10.244.1.7:8080: connectex: No connection could be made',
          past,
        ),
      );
      return;
    case 'restarted': {
      const status: Json = pod['status'];
      for (const s of status.containerStatuses) {
        s.restartCount = 1;
        s.lastState = {
          terminated: {exitCode: 1, reason: 'Error', startedAt: ago(90_000), finishedAt: ago(86_400)},
        };
        s.state = {running: {startedAt: ago(86_300)}};
      }
      return;
    }
    case 'none':
  }
}
