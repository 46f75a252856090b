import check from '../../../src/checks/sch/no-ready-windows-node.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event, type Json} from '../../helpers/raw.ts';
import {waiting} from '../../helpers/waiting.ts';

const subjects = ['Deployment/shop/web'];

const all = [
  ...subjects,
  'DaemonSet/kube-flannel/kube-flannel-ds-windows-amd64',
  'DaemonSet/kube-system/kube-proxy-windows',
];

/** All Windows nodes stopped answering. */
function down(cluster = healthy()) {
  return cluster.changeAll('Node', node => {
    const ready = node.status.conditions.find((c: Json) => c.type === 'Ready');
    if (node.metadata.name.startsWith('win'))
      Object.assign(ready, {status: 'Unknown', reason: 'NodeStatusUnknown'});
  });
}

/** No Windows node; `shop/web` waits, the DaemonSets have no pods. */
const none = (seconds?: number) => {
  const cluster = waiting(() => undefined, seconds)
    .remove('Node', 'win-1')
    .remove('Node', 'win-2');
  for (const object of cluster.objects) {
    if (object.kind === 'Pod' && object['spec'].nodeName?.startsWith('win')) {
      cluster.remove('Pod', `${object.metadata.namespace ?? ''}/${object.metadata.name}`);
    }
  }
  return cluster;
};

checkCases({
  check,
  finds: {
    'no Windows node answers': () => [
      down(),
      {severity: 'error', subjects: all, cause: 'not-ready', says: /none of 2/},
    ],
    'the nodes joined five minutes ago': () => [
      down().changeAll('Node', node => {
        node.metadata.creationTimestamp = ago(300);
      }),
      {severity: 'info', subjects: all},
    ],
    'there is none, and no autoscaler': () => [
      none(),
      {severity: 'error', subjects, cause: 'none', says: /has no Windows node/},
    ],
    'there is none, and a pool scales from zero': () => {
      const cluster = none();
      const pods = ['shop/web-0', 'shop/web-1'].map(name => cluster.get('Pod', name));
      const said = pods.map(pod =>
        event(pod, 'Nominated', 'Pod should schedule on nodeclaim/win', {last: ago(30)}),
      );
      return [cluster.add(...said), {severity: 'info', subjects}];
    },
  },
  passes: {
    'all are ready': () => healthy(),
    'one is ready': () =>
      down().change('Node', 'win-2', node => {
        node.status.conditions.find((c: Json) => c.type === 'Ready').status = 'True';
      }),
    'only just asked for': () => none(60),
    'no Windows pods': () => none().removeAll('Pod'),
  },
  unknown: {
    'nodes may not be listed': () => [down().without('nodes'), 'nodes'],
    'without events nobody knows of an autoscaler': () => [none().without('events'), 'events'],
  },
});
