import check from '../../../src/checks/sch/taint-not-tolerated.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event} from '../../helpers/raw.ts';
import {waiting} from '../../helpers/waiting.ts';

const subjects = ['Deployment/shop/web'];

const intolerant = (seconds?: number) =>
  waiting(spec => {
    spec.tolerations = [];
  }, seconds);

checkCases({
  check,
  finds: {
    'no toleration for ten minutes': () => [
      intolerant(),
      {severity: 'error', subjects, cause: 'os', says: /os=windows:NoSchedule/},
    ],
    'another value than the taint has': () => [
      waiting(spec => {
        spec.tolerations = [{key: 'os', operator: 'Equal', value: 'Windows', effect: 'NoSchedule'}];
      }),
      {severity: 'error', subjects},
    ],
    'exactly five minutes': () => [intolerant(300), {severity: 'error', subjects}],
    'an autoscaler promised a node a minute ago': () => {
      const cluster = intolerant(60);
      const web0 = cluster.get('Pod', 'shop/web-0');
      const web1 = cluster.get('Pod', 'shop/web-1');
      const said = (pod: typeof web0) => event(pod, 'TriggeredScaleUp', 'pool 0->1', {last: ago(60)});
      return [cluster.add(said(web0), said(web1)), {severity: 'info', subjects, says: /bringing a node up/}];
    },
    'the promise is fifteen minutes old': () => {
      const cluster = intolerant(1000);
      const said = event(cluster.get('Pod', 'shop/web-0'), 'TriggeredScaleUp', 'pool 0->1', {last: ago(900)});
      return [cluster.add(said), {severity: 'error', subjects}];
    },
    'the autoscaler refuses at once': () => {
      const cluster = intolerant(20);
      const said = event(cluster.get('Pod', 'shop/web-0'), 'NotTriggerScaleUp', 'no group', {last: ago(5)});
      return [cluster.add(said), {severity: 'error', subjects}];
    },
    'Karpenter refuses with the reason of the scheduler': () => {
      const cluster = intolerant(20);
      const web0 = cluster.get('Pod', 'shop/web-0');
      const said = event(web0, 'FailedScheduling', 'incompatible', {component: 'karpenter', last: ago(5)});
      return [cluster.add(said), {severity: 'error', subjects}];
    },
    'all nodes that it may go to are cordoned': () => [
      waiting(() => undefined).changeAll('Node', node => {
        if (node.metadata.name.startsWith('win')) node.spec.unschedulable = true;
      }),
      {severity: 'error', subjects, cause: 'node.kubernetes.io/unschedulable', says: /cordoned/},
    ],
  },
  passes: {
    'nothing waits': () => healthy(),
    'it has waited for 299 seconds only': () => intolerant(299),
    'one of its nodes lets it in': () =>
      intolerant().change('Node', 'win-2', node => {
        node.spec.taints = [];
      }),
    'a pod of another selector is for SCH004': () =>
      waiting(spec => {
        spec.tolerations = [];
        spec.nodeSelector.pool = 'none';
      }),
    'a node that is not ready for a while': () =>
      waiting(() => undefined).changeAll('Node', node => {
        node.spec.taints.push({key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule'});
      }),
    'a pod that waits at its own gate': () =>
      intolerant().changeAll('Pod', pod => {
        if (pod.metadata.namespace === 'shop') pod.status.conditions[0].reason = 'SchedulingGated';
      }),
    'a toleration without key and with Exists': () =>
      waiting(spec => {
        spec.tolerations = [{operator: 'Exists'}];
      }),
  },
  unknown: {
    'nodes may not be listed': () => [intolerant().without('nodes'), 'nodes'],
    'after ten minutes an autoscaler may still be at work': () => [intolerant().without('events'), 'events'],
  },
});
