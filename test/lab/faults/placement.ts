import type {Json} from '../../helpers/raw.ts';
import type {Fault} from './fault.ts';
import {linux, unready, waiting, windows, workloadOf} from './objects.ts';

const untaint = {spec: {taints: null}};
const limit = {limits: {memory: '256Mi'}};

/** Faults of placement: which pod may run on which node. */
export const placementFaults: readonly Fault[] = [
  {
    id: 'SCH001',
    title: 'a Linux Deployment selects no OS, and a Windows node has no taint',
    inject: async into => {
      await into.change(['Node', 'win-1'], untaint);
      await into.create(linux('api', spec => delete spec.nodeSelector));
    },
  },
  {
    id: 'SCH002',
    title: 'an IIS Deployment names no OS and lands on Linux',
    inject: async into =>
      into.create(
        windows('lost', spec => {
          delete spec.os;
          delete spec.nodeSelector;
          delete spec.tolerations;
        }),
      ),
  },
  {
    id: 'SCH003',
    title: 'a Windows pod does not tolerate the taint of the Windows nodes',
    inject: async into => into.create(windows('untolerant', spec => delete spec.tolerations)),
  },
  {
    id: 'SCH004',
    title: 'a selector names a label that no Windows node bears',
    inject: async into => into.create(windows('picky', spec => (spec.nodeSelector.disk = 'nvme'))),
  },
  {
    id: 'SCH006',
    title: 'two Windows builds, and a workload that selects only the OS',
    inject: async into => {
      await into.change(['Node', 'win-2'], {
        metadata: {labels: {'node.kubernetes.io/windows-build': '10.0.26100'}},
      });
      await into.change(
        ['Node', 'win-2'],
        {status: {nodeInfo: {kernelVersion: '10.0.26100.33296', osImage: 'Windows Server 2025 Datacenter'}}},
        'status',
      );
      await into.create(
        windows('anywhere', spec => {
          spec.nodeSelector = {'kubernetes.io/os': 'windows'};
          spec.containers[0].image = 'shop.example/anywhere:1.0';
        }),
      );
    },
  },
  {
    id: 'SCH007',
    title: 'a RuntimeClass for Windows does not select nodes',
    inject: async into =>
      into.create({
        apiVersion: 'node.k8s.io/v1',
        kind: 'RuntimeClass',
        metadata: {name: 'windows-any'},
        handler: 'runhcs-wcow-process',
      }),
  },
  {
    id: 'SCH008',
    title: 'the Windows nodes of a mixed cluster carry no taint',
    inject: async into => {
      await into.change(['Node', 'win-1'], untaint);
      await into.change(['Node', 'win-2'], untaint);
    },
  },
  {
    id: 'SCH009',
    title: 'a Linux DaemonSet tolerates everything and sits unready on Windows nodes',
    inject: async into =>
      into.create(
        linux('node-logs', everywhere, {
          kind: 'DaemonSet',
          status: waiting('ContainerCreating'),
        }),
      ),
  },
  {
    id: 'SCH010',
    title: 'a Windows container has no memory limit',
    inject: async into => into.create(windows('greedy', spec => delete spec.containers[0].resources.limits)),
  },
  {
    id: 'SCH011',
    title: 'spec.os says linux and the selector says windows',
    inject: async into => into.create(windows('torn', spec => (spec.os.name = 'linux'))),
  },
  {
    id: 'SCH012',
    title: 'a Windows pod asks for more CPU than any Windows node has',
    inject: async into =>
      into.create(
        windows('huge', spec => (spec.containers[0].resources = {requests: {cpu: '64'}, ...limit})),
      ),
  },
  {
    id: 'SCH013',
    title: 'spec.os says windows, and nothing selects Windows nodes',
    inject: async into =>
      into.create(
        windows('unpinned', spec => {
          delete spec.nodeSelector;
          spec.containers[0].image = 'shop.example/unpinned:1.0';
        }),
      ),
  },
  {
    id: 'SCH014',
    title: 'a Windows template does not say spec.os',
    inject: async into => into.create(windows('silent', spec => delete spec.os)),
  },
  {
    id: 'SCH015',
    title: 'a Linux Deployment tolerates every taint and selects no OS',
    inject: async into => into.create(linux('tolerant', everywhere, {replicas: 0})),
  },
  {
    id: 'SCH016',
    title: 'the only Linux node has a taint that CoreDNS does not tolerate',
    inject: async into =>
      into.change(['Node', 'linux-0'], {
        spec: {taints: [{key: 'team', value: 'data', effect: 'NoSchedule'}]},
      }),
  },
  {
    id: 'DNS006',
    title: 'CoreDNS is scaled to nothing',
    inject: async into => into.change(['Deployment', 'kube-system/coredns'], {spec: {replicas: 0}}),
  },
  {
    id: 'SVC012',
    title: 'the only pod behind a Service of a Windows workload is not ready',
    inject: async into => {
      await into.create(
        windows('slow', () => {}, {status: unready()}),
        service('slow', 80),
      );
    },
  },
  {
    id: 'SVC013',
    title: 'a Service names a target port that no container has',
    inject: async into => into.create(service('web-admin', 'admin', {app: 'web'})),
  },
  {
    id: 'POD016',
    title: 'a Linux sidecar is in a Windows pod',
    inject: async into =>
      into.create(
        workloadOf('mixed', {
          ...windows('mixed')['spec'].template.spec,
          containers: [
            ...windows('mixed')['spec'].template.spec.containers,
            {name: 'proxy', image: 'docker.io/library/nginx:1.29', resources: limit},
          ],
        }),
      ),
  },
];

function everywhere(spec: Json): void {
  delete spec.nodeSelector;
  spec.tolerations = [{operator: 'Exists'}];
}

function service(name: string, targetPort: number | string, selector: object = {app: name}) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name, namespace: 'shop'},
    spec: {selector, ports: [{name: 'http', port: 80, targetPort}]},
  };
}
