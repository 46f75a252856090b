import check from '../../../src/checks/pod/volume-unsupported.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';

const web = (edit: (spec: Json) => void) => healthy().changeSpec('Deployment', 'shop/web', edit);
const subjects = ['Deployment/shop/web'];

const volume = (source: Json, mount: Json = {}) =>
  web(spec => {
    spec.volumes = [{name: 'data', ...source}];
    spec.containers[0].volumeMounts = [{name: 'data', mountPath: 'C:\\data', ...mount}];
  });

checkCases({
  check,
  finds: {
    'an emptyDir in memory': () => [
      volume({emptyDir: {medium: 'Memory'}}),
      {severity: 'error', subjects, cause: 'memory-medium', says: /"data"/},
    ],
    'a hostPath into /dev': () => [
      volume({hostPath: {path: '/dev/fuse'}}).snapshot('files'),
      {severity: 'error', subjects, cause: 'unix-path'},
    ],
    'a Unix socket': () => [
      volume({hostPath: {path: '/var/run/docker.sock'}}),
      {severity: 'error', subjects, cause: 'unix-path'},
    ],
    'a raw block device': () => [
      web(spec => {
        spec.containers[0].volumeDevices = [{name: 'disk', devicePath: 'E:'}];
      }),
      {severity: 'error', subjects, cause: 'volume-devices'},
    ],
    'huge pages': () => [
      web(spec => {
        spec.containers[0].resources.limits['hugepages-2Mi'] = '4Mi';
      }),
      {severity: 'error', subjects, cause: 'huge-pages', says: /hugepages-2Mi/},
    ],
    'mount propagation, which has no effect': () => [
      volume({emptyDir: {}}, {mountPropagation: 'HostToContainer'}),
      {severity: 'warning', subjects, cause: 'mount-propagation'},
    ],
  },
  passes: {
    'an emptyDir on disk': () => volume({emptyDir: {}}),
    'a named pipe': () => volume({hostPath: {path: '\\\\.\\pipe\\docker_engine', type: ''}}),
    'a folder of the node, with forward slashes': () => volume({hostPath: {path: '/device-data/logs'}}),
    'mount propagation None': () => volume({emptyDir: {}}, {mountPropagation: 'None'}),
    'Linux has all of it': () =>
      healthy().changeSpec('Deployment', 'kube-system/coredns', spec => {
        spec.volumes = [{name: 'shm', emptyDir: {medium: 'Memory'}}];
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
    'without nodes nothing tells where an unpinned pod goes': () => [
      web(spec => {
        delete spec.os;
        delete spec.nodeSelector;
        spec.containers[0].image = 'registry.example/app:1';
      }).without('nodes'),
      'nodes',
    ],
  },
});
