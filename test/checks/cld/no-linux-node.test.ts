import check from '../../../src/checks/cld/no-linux-node.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event} from '../../helpers/raw.ts';
import {linuxPodSpec, pod, windowsPodSpec} from '../../helpers/raw-pods.ts';

const windowsOnly = () => healthy().remove('Node', 'linux-0');
const waiting = (spec = linuxPodSpec()) => {
  const raw = pod({namespace: 'kube-system', name: 'waiting'}, spec, 'nowhere');
  delete raw['spec'].nodeName;
  raw['status'] = {
    phase: 'Pending',
    conditions: [{type: 'PodScheduled', status: 'False', lastTransitionTime: ago(60)}],
  };
  return raw;
};
const promise = (seconds: number) =>
  event(waiting(), 'TriggeredScaleUp', 'pod triggered scale-up', {type: 'Normal', last: ago(seconds)});

checkCases({
  check,
  finds: {
    'Windows nodes only': () => [
      windowsOnly(),
      {severity: 'error', subjects: ['Cluster//cluster'], says: /CoreDNS/},
    ],
    'an autoscaler brings one up': () => [
      windowsOnly().add(waiting(), promise(14 * 60)),
      {severity: 'info', subjects: ['Cluster//cluster']},
    ],
    'an autoscaler promised one too long ago': () => [
      windowsOnly().add(waiting(), promise(15 * 60)),
      {severity: 'error', subjects: ['Cluster//cluster']},
    ],
    'an autoscaler brings up a Windows node': () => [
      windowsOnly().add(waiting(windowsPodSpec()), promise(60)),
      {severity: 'error', subjects: ['Cluster//cluster']},
    ],
  },
  passes: {
    'a Linux node among Windows nodes': () => healthy(),
    'no nodes at all': () => healthy().removeAll('Node'),
    'Linux nodes only': () => healthy().remove('Node', 'win-1').remove('Node', 'win-2'),
  },
  unknown: {
    'the nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'some nodes could not be read': () => [healthy().partly('nodes'), 'nodes'],
    'Windows nodes alone were read, and not all': () => [windowsOnly().partly('nodes'), 'nodes'],
  },
});
