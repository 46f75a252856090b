import check from '../../../src/checks/pod/host-process-pipe-mount.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const mounts = (kind: string, name: string, path: string, type?: string) =>
  healthy().changeSpec(kind, name, spec => {
    spec.volumes = [{name: 'pipe', hostPath: {path, ...(type !== undefined && {type})}}];
    spec.containers[0].volumeMounts = [{name: 'pipe', mountPath: path}];
  });
const subjects = ['DaemonSet/kube-system/kube-proxy-windows'];
const agent = (path: string, type?: string) =>
  mounts('DaemonSet', 'kube-system/kube-proxy-windows', path, type);
const PIPE = '\\\\.\\pipe\\containerd-containerd';

checkCases({
  check,
  finds: {
    'the pipe of containerd': () => [
      agent(PIPE),
      {severity: 'error', subjects, says: /containerd-containerd/},
    ],
    'a pipe with forward slashes, in a manifest': () => [
      agent('//./pipe/docker_engine').snapshot('files'),
      {severity: 'error', subjects},
    ],
    'a socket': () => [agent('C:\\run\\plugin', 'Socket'), {severity: 'error', subjects}],
  },
  passes: {
    'a folder': () => agent('C:\\k'),
    'a pipe in an ordinary container works': () => mounts('Deployment', 'shop/web', PIPE),
    'a pipe volume that the HostProcess container does not mount': () =>
      healthy().changeSpec('DaemonSet', 'kube-system/kube-proxy-windows', spec => {
        spec.volumes = [{name: 'pipe', hostPath: {path: PIPE}}];
      }),
  },
  unknown: {
    'workloads could not be read': () => [healthy().without('workloads'), 'workloads'],
  },
});
