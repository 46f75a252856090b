import check from '../../../src/checks/nod/service-stopped.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const service = (name: string, change: object) =>
  healthyWithAgents().onNode('win-1', n =>
    n.change('services.json', (all: Json[]) =>
      Object.assign(
        all.find(s => s.name === name),
        change,
      ),
    ),
  );
const add = (added: object) =>
  healthyWithAgents().onNode('win-1', n => n.change('services.json', s => s.push(added)));
const stopped = {state: 'Stopped', pid: null, startedAt: null, threads: null};

checkCases({
  check,
  finds: {
    'containerd is stopped': () => [
      service('containerd', stopped),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'containerd',
        says: /Service containerd of win-1 is Stopped/,
      },
    ],
    'the kubelet, which somebody starts by hand': () => [
      service('kubelet', {...stopped, startType: 'Manual'}),
      {subjects: ['Node//win-1'], cause: 'kubelet'},
    ],
    'HNS while pods with a network are there': () => [
      service('hns', stopped),
      {subjects: ['Node//win-1'], cause: 'hns'},
    ],
    'HNS that hangs while stopping': () => [
      service('hns', {state: 'StopPending'}),
      {subjects: ['Node//win-1'], cause: 'hns', says: /StopPending/},
    ],
    'kube-proxy that starts by itself': () => [
      add({name: 'kubeproxy', ...stopped, startType: 'Automatic'}),
      {subjects: ['Node//win-1'], cause: 'kube-proxy'},
    ],
  },
  passes: {
    'all that is needed runs': () => healthyWithAgents(),
    'HNS where no pod has a network yet': () =>
      service('hns', stopped).onNode('win-1', n => n.change('cri/sandboxes.json', s => (s.items = []))),
    'a containerd that is disabled, as rke2 runs its own': () => {
      const cluster = service('containerd', {...stopped, startType: 'Disabled'});
      return cluster.onNode('win-1', n =>
        n.change('services.json', s => s.push({name: 'rke2', state: 'Running'})),
      );
    },
    'a kube-proxy of an earlier set-up that is started by hand': () =>
      add({name: 'kube-proxy', ...stopped, startType: 'Manual'}),
    'any other service': () => add({name: 'Spooler', ...stopped, startType: 'Automatic'}),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.services'],
    'a list without the kubelet': () => [
      healthyWithAgents().onNode('win-1', n => n.set('services.json', [{name: 'hns', state: 'Running'}])),
      'node.services',
    ],
  },
});
