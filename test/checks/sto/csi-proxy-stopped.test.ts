import check from '../../../src/checks/sto/csi-proxy-stopped.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';

/** The pod on win-1 mounts a pipe, as the node plug-in of a driver does. */
const withDriver = (cluster: TestCluster): TestCluster =>
  cluster.change('Pod', 'shop/web-0', p => {
    p.spec.volumes = [
      ...(p.spec.volumes ?? []),
      {name: 'csi-proxy-disk-pipe', hostPath: {path: '\\\\.\\pipe\\csi-proxy-disk-v1'}},
    ];
  });
const withService = (state: string): TestCluster =>
  withDriver(healthyWithAgents()).onNode('win-1', n =>
    n.change('services.json', s => s.push({name: 'csi-proxy', state, startType: 'Automatic'})),
  );

checkCases({
  check,
  finds: {
    'the service is stopped': () => [
      withService('Stopped'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'stopped',
        says: /csi-proxy is Stopped on win-1, and shop\/web-0 needs it/,
      },
    ],
    'it is not installed': () => [
      withDriver(healthyWithAgents()),
      {subjects: ['Node//win-1'], cause: 'not installed'},
    ],
  },
  passes: {
    'nobody needs it': () => healthyWithAgents(),
    'the service runs': () => withService('Running'),
    'it runs in a HostProcess pod': () =>
      withDriver(healthyWithAgents()).onNode('win-1', n =>
        n.change('processes.json', p =>
          p.push({pid: 77, image: 'csi-proxy.exe', startedAt: null, threads: 9, flags: null}),
        ),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.services'],
    'services could not be read': () => [
      withDriver(healthyWithAgents()).onNode('win-1', n => n.without('services.json')),
      'node.services',
    ],
  },
});
