import check from '../../../src/checks/cri/container-orphaned.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {container, idOf} from '../../helpers/healthy-runtime.ts';
import {ago} from '../../helpers/raw.ts';

const shim = 'containerd-shim-runhcs-v1.exe';

checkCases({
  check,
  finds: {
    'a container whose sandbox is not there': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.change('cri/containers.json', c => c.containers.push(container('shop', 'web-9'))),
      ),
      {subjects: ['Node//win-1'], severity: 'warning', cause: 'container without sandbox', says: /`iis`/},
    ],
    'a compute system of the shim that containerd does not know': () => [
      healthyWithAgents().onNode('win-1', n =>
        n.change('hcs/systems.json', s => s.push({Id: idOf('lost'), SystemType: 'Container', Owner: shim})),
      ),
      {subjects: ['Node//win-1'], cause: 'unknown compute system'},
    ],
  },
  passes: {
    'containers and compute systems of pods': () => healthyWithAgents(),
    'a container that was started a moment ago': () =>
      healthyWithAgents().onNode('win-1', n =>
        n.change('cri/containers.json', c =>
          c.containers.push({...container('shop', 'web-9'), createdAt: `${Date.parse(ago(20))}000000`}),
        ),
      ),
    'the virtual machine of a sandbox with Hyper-V isolation': () =>
      healthyWithAgents().onNode('win-1', n =>
        n.change('hcs/systems.json', s =>
          s.push({Id: `${idOf('web-0')}@vm`, SystemType: 'VirtualMachine', Owner: shim}),
        ),
      ),
    'a container of docker': () =>
      healthyWithAgents().onNode('win-1', n =>
        n.change('hcs/systems.json', s => s.push({Id: idOf('x'), SystemType: 'Container', Owner: 'docker'})),
      ),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hcs'],
    'HCS did not answer': () => [
      healthyWithAgents().onNode('win-1', n => n.without('hcs/systems.json', 'timeout')),
      'node.hcs',
    ],
  },
});
