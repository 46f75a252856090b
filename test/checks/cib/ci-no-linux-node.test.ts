import check from '../../../src/checks/cib/ci-no-linux-node.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {ciFarm} from '../../helpers/ci.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event} from '../../helpers/raw.ts';
import {linuxPodSpec, pod} from '../../helpers/raw-pods.ts';

const waiting = (seconds: number) => {
  const raw = pod({namespace: 'harness', name: 'waiting'}, linuxPodSpec(), 'nowhere');
  delete raw['spec'].nodeName;
  raw['status'] = {
    phase: 'Pending',
    conditions: [{type: 'PodScheduled', status: 'False', lastTransitionTime: ago(seconds)}],
  };
  return raw;
};
const windowsOnly = () => ciFarm().remove('Node', 'linux-0');

checkCases({
  check,
  finds: {
    'a farm of Windows nodes only': () => [
      windowsOnly(),
      {severity: 'error', subjects: ['Cluster//cluster'], says: /all 2 nodes/},
    ],
    'a Linux node that an autoscaler promised a minute ago is information': () => [
      windowsOnly().add(
        waiting(300),
        event(waiting(300), 'TriggeredScaleUp', 'pod triggered scale-up', {type: 'Normal', last: ago(60)}),
      ),
      {severity: 'info', subjects: ['Cluster//cluster']},
    ],
    'a promise of sixteen minutes ago is broken': () => [
      windowsOnly().add(
        waiting(1200),
        event(waiting(1200), 'TriggeredScaleUp', 'pod triggered scale-up', {
          type: 'Normal',
          last: ago(16 * 60),
        }),
      ),
      {severity: 'error', subjects: ['Cluster//cluster']},
    ],
    'a delegate that tolerates no Linux node': () => [
      ciFarm().change('Node', 'linux-0', n => {
        n.spec.taints = [{key: 'os', value: 'linux', effect: 'NoSchedule'}];
      }),
      {severity: 'error', subjects: ['Deployment/harness/delegate'], cause: 'delegate-unplaceable'},
    ],
    'a delegate that selects labels no Linux node has': () => [
      ciFarm().changeSpec('Deployment', 'harness/delegate', spec => {
        spec.nodeSelector = {pool: 'delegates'};
      }),
      {subjects: ['Deployment/harness/delegate']},
    ],
  },
  passes: {
    'a farm with a Linux node for its delegate': () => ciFarm(),
    'a Linux node where no delegate is named': () => healthy(),
    'a cluster without nodes is not judged': () => healthy().removeAll('Node'),
  },
  unknown: {'the nodes may not be listed': () => [ciFarm().without('nodes'), 'nodes']},
});
