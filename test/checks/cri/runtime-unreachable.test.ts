import check from '../../../src/checks/cri/runtime-unreachable.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const ready = (message: string, status = 'False') =>
  healthy().change('Node', 'win-1', n => {
    Object.assign(
      n.status.conditions.find((c: {type: string}) => c.type === 'Ready'),
      {status, reason: 'KubeletNotReady', message},
    );
  });
const subjects = ['Node//win-1'];

checkCases({
  check,
  finds: {
    'the kubelet says that its runtime is down': () => [
      ready('[container runtime is down, PLEG is not healthy: pleg was last seen active 4m0s ago]'),
      {severity: 'error', subjects, cause: 'no-answer', says: /win-1/},
    ],
    'RuntimeReady is false': () => [
      ready('container runtime not ready: RuntimeReady=false reason:x message:y'),
      {severity: 'error', subjects},
    ],
    'the pipe is not there': () => [
      ready('open //./pipe/containerd-containerd: The system cannot find the file specified.'),
      {severity: 'error', subjects},
    ],
  },
  passes: {
    'the node is Ready': () => healthy(),
    'a network that is not ready is CRI002’s': () =>
      ready('container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady'),
    'an old message of a node that is Ready': () => ready('container runtime is down', 'True'),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'the pipe takes the agent to ask': () => [healthy(), 'node.cri.status'],
  },
});
