import check from '../../../src/checks/kbl/ip-pool-exhausted.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {logged, sandboxLine, withoutKubeletLog} from '../../helpers/kubelet-lines.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago} from '../../helpers/raw.ts';
import {creating, report} from '../../helpers/sick-pods.ts';

const SANDBOX =
  'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "1a2b": ';

function failing(message: string, last = ago(30)): TestCluster {
  const cluster = healthy().change('Pod', 'shop/web-0', creating);
  return report(cluster, 'Pod', 'shop/web-0', 'FailedCreatePodSandBox', SANDBOX + message, {last});
}

checkCases({
  check,
  finds: {
    'what the kubelet logged where no event is left': () => [
      logged(
        sandboxLine(
          'failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254',
        ),
      ),
      {subjects: ['Node//win-1'], cause: 'ip-pool-exhausted'},
    ],
    'the range of host-local is empty': () => [
      failing(
        'failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254',
      ),
      {
        severity: 'error',
        subjects: ['Node//win-1'],
        cause: 'ip-pool-exhausted',
        says: /Node win-1 has no address left/,
      },
    ],
    'the subnet of Azure CNI is empty': () => [
      failing(
        'Failed to allocate pool: Failed to delegate: Failed to allocate address: No available addresses',
      ),
      {subjects: ['Node//win-1'], cause: 'ip-pool-exhausted'},
    ],
    'Azure CNS waits for addresses': () => [
      failing(
        'IPAM Invoker Add failed with error: AllocateIPConfig failed: not enough IPs available for 1a2b',
      ),
      {subjects: ['Node//win-1'], cause: 'ip-pool-exhausted'},
    ],
  },
  passes: {
    'a healthy cluster': () => healthy(),
    'a sandbox that fails for another reason': () =>
      failing('hnsCall failed in Win32: Element not found. (0x490)'),
    'an event older than an hour': () => failing('No available addresses', ago(3601)),
  },
  unknown: {
    'events may not be read': () => [healthy().without('events'), 'events'],
    'the logs of the nodes were not read': () => [healthy(), 'node.logs'],
    'the kubelet of a node writes no file': () => [withoutKubeletLog(), 'node.logs'],
  },
});
