import check from '../../../src/checks/sch/daemonset-stuck-on-windows.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, type Json} from '../../helpers/raw.ts';
import {linuxPodSpec, workload} from '../../helpers/raw-pods.ts';

/** A DaemonSet of log shippers with a pod on each node; those on Windows are as `edit` makes them. */
function shippers(edit: (pod: Json) => void, terms: Json = {nodeSelector: {}}) {
  const spec = {...linuxPodSpec('registry.example/shipper:2'), tolerations: [{operator: 'Exists'}], ...terms};
  const objects = workload('DaemonSet', {namespace: 'logs', name: 'shipper'}, spec, [
    'linux-0',
    'win-1',
    'win-2',
  ]);
  for (const object of objects) {
    if (object.kind === 'Pod' && object['spec'].nodeName !== 'linux-0') {
      object['status'].conditions = [{type: 'Ready', status: 'False'}];
      edit(object);
    }
  }
  return healthy().add(...objects);
}
const failing = (pod: Json) => {
  pod.status.containerStatuses[0].state = {
    waiting: {reason: 'ImagePullBackOff', message: 'no match for platform'},
  };
};
const starting = (seconds: number) => (pod: Json) => {
  pod.status.containerStatuses[0].state = {waiting: {reason: 'ContainerCreating'}};
  pod.status.startTime = ago(seconds);
};
const subjects = ['DaemonSet/logs/shipper'];

checkCases({
  check,
  finds: {
    'its image cannot be pulled': () => [
      shippers(failing),
      {severity: 'error', subjects, says: /2 pods.*ImagePullBackOff/},
    ],
    'not ready after eleven minutes': () => [shippers(starting(660)), {severity: 'error', subjects}],
  },
  passes: {
    'DaemonSets for Windows': () => healthy(),
    'it has only begun to start': () => shippers(starting(540)),
    'it runs on both': () =>
      shippers(pod => {
        pod.status.conditions = [{type: 'Ready', status: 'True'}];
      }),
    'a DaemonSet for Windows that fails is no Linux DaemonSet': () =>
      shippers(failing, {nodeSelector: {}, os: {name: 'windows'}}),
    'its pods there have ended': () =>
      shippers(pod => {
        pod.status.phase = 'Failed';
      }),
  },
  unknown: {
    'nodes may not be listed': () => [shippers(failing).without('nodes'), 'nodes'],
    'workloads could not be read': () => [shippers(failing).without('workloads'), 'workloads'],
  },
});
