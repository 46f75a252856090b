import check from '../../../src/checks/cri/runtime-handler-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {waiting, withEvent} from '../img/waiting.ts';
const handlers = (...names: string[]) =>
  healthy().changeAll('Node', n => {
    if (n.metadata.name !== 'linux-0') n.status.runtimeHandlers = names.map(name => ({name}));
  });
const subjects = ['RuntimeClass//windows-2022'];

checkCases({
  check,
  finds: {
    'nodes list their handlers, and this is not among them': () => [
      handlers('', 'default'),
      {
        severity: 'error',
        subjects,
        cause: 'not-listed',
        says: /2 of the 2 Windows nodes it selects lack: win-1 has \(default\), default/,
      },
    ],
    'one of two nodes lacks it': () => [
      handlers('', 'runhcs-wcow-process').change('Node', 'win-2', n => {
        n.status.runtimeHandlers = [{name: ''}];
      }),
      {severity: 'error', subjects, says: /1 of the 2/},
    ],
    'a pod that was refused for it': () => {
      const cluster = waiting('ContainerCreating', '').changeSpec('Deployment', 'shop/web', spec => {
        spec.runtimeClassName = 'windows-2022';
      });
      const text =
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "runhcs-wcow-process" is configured';
      return [
        withEvent('FailedCreatePodSandBox', text, cluster),
        {severity: 'error', subjects, cause: 'refused', says: /win-1/},
      ];
    },
  },
  passes: {
    'containerd 1.x lists none': () => healthy(),
    'every node has it': () => handlers('', 'runhcs-wcow-process'),
    'a RuntimeClass for Linux': () =>
      handlers('', 'runhcs-wcow-process').add({
        apiVersion: 'node.k8s.io/v1',
        kind: 'RuntimeClass',
        metadata: {name: 'gvisor'},
        handler: 'runsc',
      }),
    'a class that selects nodes which do not exist yet': () =>
      handlers('').change('RuntimeClass', 'windows-2022', r => {
        r.scheduling.nodeSelector['node.kubernetes.io/windows-build'] = '10.0.26100';
      }),
  },
  unknown: {
    'RuntimeClasses may not be listed': () => [healthy().without('runtimeClasses'), 'runtimeClasses'],
    'config.toml takes the agent': () => [healthy(), 'node.cri.status'],
  },
});
