import check from '../../../src/checks/cri/runtime-network-not-ready.ts';
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
const words = 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:';

checkCases({
  check,
  finds: {
    'no CNI configuration': () => [
      ready(`${words}Network plugin returns error: cni plugin not initialized`),
      {severity: 'error', subjects, cause: 'cni-not-initialized'},
    ],
    'a plug-in that says something new': () => [
      ready(`${words}the plug is out`),
      {severity: 'error', subjects, cause: 'network-not-ready', says: /: the plug is out$/},
    ],
  },
  passes: {
    'the node is Ready': () => healthy(),
    'a runtime that is down is CRI001’s': () => ready('container runtime is down'),
  },
  unknown: {
    'nodes may not be listed': () => [healthy().without('nodes'), 'nodes'],
    'lastCNILoadStatus takes the agent': () => [healthy(), 'node.cri.status'],
  },
});
