import type {Json} from '../../helpers/raw.ts';
import type {Fault} from './fault.ts';
import {hostProcess, windows} from './objects.ts';

/** A change of the scene's own `shop/web`, in its Deployment, its ReplicaSet and its pods, as they are read. */
function webIs(edit: (spec: Json) => void) {
  return (kind: string, object: Json): void => {
    if (object.metadata?.namespace !== 'shop' || !String(object.metadata.name).startsWith('web')) return;
    if (kind === 'Pod') edit(object.spec);
    if (kind === 'Deployment' || kind === 'ReplicaSet') edit(object.spec.template.spec);
  };
}

const refused = 'the API server refuses such a pod, as lint foretells';

/** Faults of pod specifications. */
export const podFaults: readonly Fault[] = [
  {
    id: 'POD001',
    title: 'a pod that says it is for Windows asks for hostPID',
    read: {because: refused, edit: webIs(spec => (spec.hostPID = true))},
  },
  {
    id: 'POD002',
    title: 'a Windows pod without spec.os has a read-only root file system',
    inject: async into =>
      into.create(
        windows('readonly', spec => {
          delete spec.os;
          spec.containers[0].securityContext = {readOnlyRootFilesystem: true};
        }),
      ),
  },
  {
    id: 'POD003',
    title: 'a Windows pod runs as user 1000',
    inject: async into =>
      into.create(
        windows('numeric', spec => {
          delete spec.os;
          spec.securityContext = {runAsUser: 1000};
        }),
      ),
  },
  {
    id: 'POD004',
    title: 'runAsUserName has two backslashes',
    read: {
      because: refused,
      edit: webIs(spec => (spec.securityContext = {windowsOptions: {runAsUserName: 'a\\b\\c'}})),
    },
  },
  {
    id: 'POD005',
    title: 'runAsNonRoot meets ContainerAdministrator',
    inject: async into =>
      into.create(
        windows('administrator', spec => {
          spec.securityContext = {
            runAsNonRoot: true,
            windowsOptions: {runAsUserName: 'ContainerAdministrator'},
          };
        }),
      ),
  },
  {
    id: 'POD006',
    title: 'a Windows pod wants the host network without HostProcess',
    inject: async into => into.create(windows('hostnet', spec => (spec.hostNetwork = true))),
  },
  {
    id: 'POD007',
    title: 'a HostProcess pod is not in the host network',
    read: {
      because: refused,
      edit: webIs(
        spec =>
          (spec.securityContext = {
            windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'},
          }),
      ),
    },
  },
  {
    id: 'POD008',
    title: 'the namespace of HostProcess pods enforces the level baseline',
    inject: async into =>
      into.change(['Namespace', 'kube-flannel'], {
        metadata: {labels: {'pod-security.kubernetes.io/enforce': 'baseline'}},
      }),
  },
  {
    id: 'POD009',
    title: 'a Windows pod has a volume in memory',
    inject: async into =>
      into.create(
        windows('tmpfs', spec => (spec.volumes = [{name: 'scratch', emptyDir: {medium: 'Memory'}}])),
      ),
  },
  {
    id: 'POD010',
    title: 'a Windows pod has the DNS policy ClusterFirstWithHostNet',
    inject: async into =>
      into.create(windows('hostdns', spec => (spec.dnsPolicy = 'ClusterFirstWithHostNet'))),
  },
  {
    id: 'POD011',
    title: 'a Windows container starts /bin/sh',
    inject: async into =>
      into.create(windows('shell', spec => (spec.containers[0].command = ['/bin/sh', '-c', 'start']))),
  },
  {
    id: 'POD012',
    title: 'a Windows container is privileged',
    inject: async into =>
      into.create(
        windows('privileged', spec => {
          delete spec.os;
          spec.containers[0].securityContext = {privileged: true};
        }),
      ),
  },
  {
    id: 'POD013',
    title: 'a Windows pod limits its resources as a whole',
    read: {
      because: 'the API server refuses it under spec.os, and drops it without its feature gate',
      edit: webIs(spec => (spec.resources = {limits: {memory: '3Gi'}})),
    },
  },
  {
    id: 'POD014',
    title: 'a probe of a Windows container reads a Linux path',
    inject: async into =>
      into.create(
        windows(
          'probe',
          spec => (spec.containers[0].readinessProbe = {exec: {command: ['cat', '/tmp/ready']}}),
        ),
      ),
  },
  {
    id: 'POD017',
    title: 'a HostProcess command is a script of several lines',
    inject: async into =>
      into.create(
        hostProcess('script', spec => {
          spec.containers[0].command = ['powershell', '-Command', 'Get-Service hns\nGet-HnsNetwork'];
        }),
      ),
  },
  {
    id: 'POD018',
    title: 'a HostProcess container mounts a named pipe',
    inject: async into =>
      into.create(
        hostProcess('pipe', spec => {
          spec.volumes = [{name: 'cri', hostPath: {path: '\\\\.\\pipe\\containerd-containerd'}}];
          spec.containers[0].volumeMounts = [{name: 'cri', mountPath: '\\\\.\\pipe\\containerd-containerd'}];
        }),
      ),
  },
  {
    id: 'POD019',
    title: 'the exporter of node metrics runs in ordinary containers',
    inject: async into =>
      into.create(
        windows(
          'windows-exporter',
          spec => (spec.containers[0].image = 'ghcr.io/prometheus-community/windows-exporter:0.31.3'),
          {kind: 'DaemonSet'},
        ),
      ),
  },
  {
    id: 'CNI008',
    title: 'a HostProcess container is given the API server by its cluster name',
    inject: async into =>
      into.create(
        hostProcess('by-name', spec => {
          spec.containers[0].env = [{name: 'KUBERNETES_SERVICE_HOST', value: 'kubernetes.default.svc'}];
        }),
      ),
  },
];
