import {condition} from '../../helpers/raw-nodes.ts';
import type {Json} from '../../helpers/raw.ts';
import type {Fault} from './fault.ts';
import type {Injector} from './injector.ts';
import {nodeEvent, windows} from './objects.ts';

const WIN1 = ['Node', 'win-1'] as const;

async function info(into: Injector, nodeInfo: Record<string, string>): Promise<void> {
  await into.change(WIN1, {status: {nodeInfo}}, 'status');
}

function conditions(...changed: Record<string, string>[]): object {
  const healthy = ['MemoryPressure', 'DiskPressure', 'PIDPressure'].map(type =>
    condition(type, 'False', 'KubeletOk'),
  );
  const all = [...healthy, condition('Ready', 'True', 'KubeletReady')];
  const names = new Set(changed.map(c => c['type']));
  const recent = changed.map(c => Object.assign(c, {lastTransitionTime: new Date().toISOString()}));
  return {status: {conditions: [...all.filter(c => !names.has(c['type'])), ...recent]}};
}

async function says(into: Injector, ...changed: Record<string, string>[]): Promise<void> {
  await into.change(WIN1, conditions(...changed), 'status');
}

/** A node that is not ready takes its pods along; nobody but a kubelet calls them ready again, so they are made anew. */
async function notReady(into: Injector, message: string): Promise<void> {
  await into.run(
    async () => {},
    async ({api}) => {
      const path = '/api/v1/pods?fieldSelector=spec.nodeName%3Dwin-1';
      // The list that was asked for.
      const {items} = (await api.send('GET', path)) as {
        items: {metadata: {namespace: string; name: string}}[];
      };
      for (const {metadata} of items) await api.remove({apiVersion: 'v1', kind: 'Pod', metadata});
    },
  );
  await says(into, condition('Ready', 'False', 'KubeletNotReady', message));
}

const older = (object: Json, seconds: number) => {
  object.spec.renewTime = new Date(Date.parse(object.spec.renewTime) - seconds * 1000).toISOString();
};

/** A certificate request of `system:node:win-1`, whose key nobody kept. */
const SERVING_REQUEST = [
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQkZ6Q0J2Z0lCQURBek1SVXdFd1lEVlFRS0RBeH',
  'plWE4wWlcwNmJtOWtaWE14R2pBWUJnTlZCQU1NRVhONQpjM1JsYlRwdWIyUmxPbmRwYmkweE1Ga3dFd1lIS29aSXpq',
  'MENBUVlJS29aSXpqMERBUWNEUWdBRUhtdGZPZW42ClErMXlZRDR5c0F2azhLUjN2NEdpM2E1Z3dSVjNKZzFKU2g4QT',
  'dSM2V0T01FdVNLWXJnb0x3M05WWG1NeDFpem8KY1hjZmh1L0lQS291VzZBcE1DY0dDU3FHU0liM0RRRUpEakVhTUJn',
  'd0ZnWURWUjBSQkE4d0RZSUZkMmx1TFRHSApCTUNvQ2dzd0NnWUlLb1pJemowRUF3SURTQUF3UlFJaEFOZkdWSE80MG',
  'NpM2YvV3FWSkM2d3ZSK3ZQQjNkWnFECkMrQi9qZ2hXWXBLSUFpQlMzVHVha3NnUjJna2FlNmVFY3JjUkM4VmVLRnFx',
  'YkhLcVVCbFptajZVM1E9PQotLS0tLUVORCBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0K',
].join('');

/** Faults of nodes and of what runs containers on them. */
export const nodeFaults: readonly Fault[] = [
  {
    id: 'NOD001',
    title: 'a Windows node is not ready',
    inject: async into => notReady(into, 'node is shutting down'),
  },
  {
    id: 'CRI001',
    title: "a node's kubelet does not reach containerd",
    inject: async into =>
      notReady(
        into,
        'container runtime is down: rpc error: code = Unavailable desc = open //./pipe/containerd-containerd: The system cannot find the file specified.',
      ),
  },
  {
    id: 'CRI002',
    title: "a node's network plugin is not ready",
    inject: async into =>
      notReady(
        into,
        'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      ),
  },
  {
    id: 'KBL005',
    title: "a node's PLEG is not healthy",
    inject: async into =>
      notReady(into, 'PLEG is not healthy: pleg was last seen active 3m42s ago; threshold is 3m0s'),
  },
  {
    id: 'NOD002',
    title: 'a node runs a release of Windows that is out of support',
    inject: async into => {
      await info(into, {kernelVersion: '10.0.25398.2330', osImage: 'Windows Server 23H2 Datacenter'});
      await into.change(WIN1, {metadata: {labels: {'node.kubernetes.io/windows-build': '10.0.25398'}}});
    },
  },
  {
    id: 'NOD003',
    title: "a node's build label is not its build",
    inject: async into =>
      into.change(WIN1, {metadata: {labels: {'node.kubernetes.io/windows-build': '10.0.17763'}}}),
  },
  {
    id: 'NOD004',
    title: 'a kubelet is four minors behind the API server',
    inject: async into => info(into, {kubeletVersion: 'v1.31.14'}),
  },
  {
    id: 'NOD005',
    title: 'a Windows node is short of disk',
    inject: async into =>
      says(into, condition('DiskPressure', 'True', 'KubeletHasDiskPressure', 'kubelet has disk pressure')),
  },
  {
    id: 'NOD006',
    title: "a node's clock is minutes ahead",
    read: {
      because: 'kwok renews the lease by its own clock',
      edit: (kind, object) => {
        if (kind === 'Lease' && object.metadata.name === 'win-1') older(object, -120);
      },
    },
  },
  {
    id: 'NOD007',
    title: 'a node stopped renewing its lease',
    read: {
      because: 'kwok renews the lease, and without it the node is soon not ready, which is another fault',
      edit: (kind, object) => {
        if (kind === 'Lease' && object.metadata.name === 'win-1') older(object, 1200);
      },
    },
  },
  {
    id: 'NOD009',
    title: 'an event of a node says that the paging file is too small',
    inject: async into =>
      into.create(
        nodeEvent(
          'win-1',
          'Failed',
          'hcs::CreateComputeSystem web: The paging file is too small for this operation to complete. (0x5af)',
        ),
      ),
  },
  {
    id: 'NOD015',
    title: 'one node of a pool runs another containerd',
    inject: async into => {
      for (const node of ['win-1', 'win-2'])
        await into.change(['Node', node], {metadata: {labels: {agentpool: 'win'}}});
      await info(into, {containerRuntimeVersion: 'containerd://2.3.2'});
    },
  },
  {
    id: 'NOD017',
    title: "a node's arch label is not its architecture",
    inject: async into => into.change(WIN1, {metadata: {labels: {'kubernetes.io/arch': 'arm64'}}}),
  },
  {
    id: 'NOD019',
    title: 'a node reserves nothing for Windows itself',
    inject: async into => into.change(WIN1, {status: {allocatable: {memory: '33554432Ki'}}}, 'status'),
  },
  {
    id: 'NOD020',
    title: 'the problem detector says that the container runtime is unhealthy',
    inject: async into =>
      says(
        into,
        condition(
          'ContainerRuntimeUnhealthy',
          'True',
          'ContainerRuntimeUnhealthy',
          'containerd was restarted 9 times',
        ),
      ),
  },
  {
    id: 'NOD021',
    title: 'nobody approves the serving certificate of a kubelet',
    inject: async into =>
      into.create({
        apiVersion: 'certificates.k8s.io/v1',
        kind: 'CertificateSigningRequest',
        metadata: {name: 'win-1-serving'},
        spec: {
          request: SERVING_REQUEST,
          signerName: 'kubernetes.io/kubelet-serving',
          usages: ['digital signature', 'server auth'],
        },
      }),
    read: {
      because: 'the API server writes down who asked, and the lab asks as admin',
      edit: (kind, object) => {
        if (kind === 'CertificateSigningRequest') object.spec.username = 'system:node:win-1';
      },
    },
  },
  {
    id: 'ADV001',
    title: 'a node has the update that cuts its pods off',
    inject: async into => info(into, {kernelVersion: '10.0.20348.2655'}),
  },
  {
    id: 'ADV003',
    title: 'a kubelet lacks a security update',
    inject: async into => info(into, {kubeletVersion: 'v1.32.0'}),
  },
  {
    id: 'CRI003',
    title: "a node's containerd does not fit its Kubernetes",
    inject: async into => info(into, {containerRuntimeVersion: 'containerd://2.0.6'}),
  },
  {
    id: 'CRI004',
    title: "a node's containerd is out of support",
    inject: async into => info(into, {containerRuntimeVersion: 'containerd://2.1.9'}),
  },
  {
    id: 'CRI007',
    title: 'a RuntimeClass names a handler that no node has',
    inject: async into => {
      for (const node of ['win-1', 'win-2']) {
        const runtimeHandlers = [{name: ''}, {name: 'runhcs-wcow-process'}];
        await into.change(['Node', node], {status: {runtimeHandlers}}, 'status');
      }
      await into.create(runtimeClass('windows-other', 'my-windows-class-handler'));
      await into.create(windows('other-handler', spec => (spec.runtimeClassName = 'windows-other')));
    },
  },
  {
    id: 'CRI012',
    title: 'a node runs Docker',
    inject: async into => info(into, {containerRuntimeVersion: 'docker://25.0.6'}),
  },
  {
    id: 'CRI015',
    title: 'a workload uses Hyper-V isolation',
    inject: async into => {
      await into.create(runtimeClass('windows-hyper-v', 'runhcs-wcow-hypervisor'));
      await into.create(windows('isolated', spec => (spec.runtimeClassName = 'windows-hyper-v')));
    },
  },
  {
    id: 'IMG008',
    title: 'a node holds the pause image of the frozen registry',
    inject: async into =>
      into.change(
        WIN1,
        {status: {images: [{names: ['k8s.gcr.io/pause:3.6'], sizeBytes: 300_000_000}]}},
        'status',
      ),
  },
  {
    id: 'CNI005',
    title: "flannel's VXLAN has a VNI that Windows cannot use",
    inject: async into =>
      into.change(['ConfigMap', 'kube-flannel/kube-flannel-cfg'], {
        data: {
          'net-conf.json':
            '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan", "VNI": 1, "Port": 4789}}',
        },
      }),
  },
];

function runtimeClass(name: string, handler: string) {
  return {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: {name},
    handler,
    scheduling: {
      nodeSelector: {'kubernetes.io/os': 'windows', 'node.kubernetes.io/windows-build': '10.0.20348'},
      tolerations: [{key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule'}],
    },
  };
}
