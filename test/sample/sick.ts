import type {TestCluster} from '../helpers/cluster.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import {ago, event, linuxPodSpec, service, workload} from '../helpers/raw.ts';
import {WINDOWS_NODES, programSpec, shop, windows} from './cluster.ts';

const HOUR = 3600;

/** The shop with nine faults that have nothing to do with one another, each with what it brings about. */
export function sick(): Raw[] {
  const cluster = shop();
  badUpdate(cluster);
  deadNode(cluster);
  oldImage(cluster);
  missingGmsa(cluster);
  missingCsiDriver(cluster);
  linuxDaemonSet(cluster);
  missingLibrary(cluster);
  badSubnet(cluster);
  missingToleration(cluster);
  return cluster.objects;
}

/** win-2 was left on an update with a known fault. */
function badUpdate(cluster: TestCluster): void {
  cluster.change('Node', 'win-2', node => {
    node.status.nodeInfo.kernelVersion = '10.0.20348.2655';
  });
}

/** The kubelet of win-3 stopped 25 minutes ago. */
function deadNode(cluster: TestCluster): void {
  const since = 25 * 60;
  cluster.change('Node', 'win-3', node => {
    for (const condition of node.status.conditions) {
      condition.status = 'Unknown';
      condition.reason = 'NodeStatusUnknown';
      condition.message = 'Kubelet stopped posting node status.';
      condition.lastHeartbeatTime = ago(since + 40);
      condition.lastTransitionTime = ago(since);
    }
    node.spec.taints.push(
      {key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule', timeAdded: ago(since)},
      {key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: ago(since)},
    );
  });
  cluster.change('Lease', 'kube-node-lease/win-3', lease => {
    lease.spec.renewTime = ago(since + 40);
  });
  cluster.changeAll('Pod', pod => {
    if (pod.spec.nodeName !== 'win-3') return;
    for (const condition of pod.status.conditions) {
      if (condition.type !== 'Ready') continue;
      condition.status = 'False';
      condition.reason = 'NodeNotReady';
      condition.lastTransitionTime = ago(since);
    }
  });
  cluster.changeAll('EndpointSlice', slice => {
    for (const endpoint of slice.endpoints) if (endpoint.nodeName === 'win-3') unready(endpoint);
  });
  cluster.add(
    event(cluster.get('Node', 'win-3'), 'NodeNotReady', 'Node win-3 status is now: NodeNotReady', {
      type: 'Normal',
      component: 'node-controller',
      count: 1,
      first: ago(since),
      last: ago(since),
    }),
  );
}

/** The invoice program was built for Server 2019 and came to a Server 2022 node. */
function oldImage(cluster: TestCluster): void {
  const message =
    'failed to create containerd task: failed to create shim task: hcs::CreateComputeSystem invoice-worker: The container operating system does not match the host operating system.';
  cluster.add(...born(3 * HOUR, windows('billing', 'invoice-worker', ['win-1'], 'ltsc2019')));
  cluster.change('Pod', 'billing/invoice-worker-0', pod => {
    waiting(pod, 'RunContainerError', message);
  });
  cluster.add(
    event(cluster.get('Pod', 'billing/invoice-worker-0'), 'Failed', `Error: ${message}`, {
      host: 'win-1',
      count: 31,
    }),
  );
}

/** The ledger names a credential spec that nobody created, so its pods are refused. */
function missingGmsa(cluster: TestCluster): void {
  const objects = born(HOUR, windows('payments', 'ledger', []));
  for (const object of objects) {
    const spec = object['spec'].template.spec;
    spec.securityContext = {windowsOptions: {gmsaCredentialSpecName: 'gmsa-ledger'}};
    object['spec'].replicas = 2;
    object['status'] = {replicas: 0, readyReplicas: 0, availableReplicas: 0};
  }
  cluster.add(...objects, ...gmsaInstallation());
  const replicaSet = objects.find(o => o.kind === 'ReplicaSet');
  if (!replicaSet) return;
  cluster.add(
    event(
      replicaSet,
      'FailedCreate',
      'Error creating: admission webhook "admission-webhook.windows-gmsa.sigs.k8s.io" denied the request: cred spec gmsa-ledger does not exist',
      {component: 'replicaset-controller', count: 17},
    ),
  );
}

function gmsaInstallation(): Raw[] {
  const name = 'gmsacredentialspecs.windows.k8s.io';
  const server = workload(
    'Deployment',
    {namespace: 'kube-system', name: 'windows-gmsa-webhook'},
    linuxPodSpec('registry.k8s.io/gmsa-webhook/k8s-gmsa-webhook:v0.12.1'),
    ['linux-1'],
  );
  return [
    {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: {name},
      spec: {
        group: 'windows.k8s.io',
        names: {plural: 'gmsacredentialspecs', kind: 'GMSACredentialSpec'},
        versions: [{name: 'v1', served: true}],
      },
    },
    webhook('MutatingWebhookConfiguration'),
    webhook('ValidatingWebhookConfiguration'),
    ...server,
    ...service(
      {namespace: 'kube-system', name: 'windows-gmsa-webhook'},
      '10.96.0.40',
      443,
      server.filter(o => o.kind === 'Pod'),
    ),
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: {name: 'use-gmsa-ledger'},
      rules: [
        {
          apiGroups: ['windows.k8s.io'],
          resources: ['gmsacredentialspecs'],
          resourceNames: ['gmsa-ledger'],
          verbs: ['use'],
        },
      ],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: {namespace: 'payments', name: 'use-gmsa-ledger'},
      roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'use-gmsa-ledger'},
      subjects: [{kind: 'ServiceAccount', namespace: 'payments', name: 'default'}],
    },
  ];
}

/** The registration of the gMSA webhook, of one of its two kinds. */
function webhook(kind: string): Raw {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: {name: 'windows-gmsa'},
    webhooks: [
      {
        name: 'admission-webhook.windows-gmsa.sigs.k8s.io',
        failurePolicy: 'Fail',
        clientConfig: {service: {namespace: 'kube-system', name: 'windows-gmsa-webhook', port: 443}},
        rules: [{apiGroups: [''], resources: ['pods'], operations: ['CREATE']}],
      },
    ],
  };
}

/** The SMB driver's node part was installed on the Linux nodes only. */
function missingCsiDriver(cluster: TestCluster): void {
  const message =
    'MountVolume.MountDevice failed for volume "pv-archive" : kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name smb.csi.k8s.io not found in the list of registered CSI drivers';
  const objects = born(HOUR, windows('reports', 'archive', ['win-4']));
  for (const object of objects) {
    const spec = object.kind === 'Pod' ? object['spec'] : object['spec'].template.spec;
    spec.volumes = [{name: 'archive', persistentVolumeClaim: {claimName: 'archive'}}];
    spec.containers[0].volumeMounts = [{name: 'archive', mountPath: 'C:\\archive'}];
  }
  cluster.add(...objects, ...smbVolume(), ...csiNodes());
  cluster.change('Pod', 'reports/archive-0', pod => waiting(pod, 'ContainerCreating'));
  cluster.add(
    event(cluster.get('Pod', 'reports/archive-0'), 'FailedMount', message, {
      host: 'win-4',
      count: 44,
      first: ago(HOUR),
    }),
  );
}

function smbVolume(): Raw[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {name: 'pv-archive'},
      spec: {
        csi: {
          driver: 'smb.csi.k8s.io',
          volumeHandle: 'archive',
          volumeAttributes: {source: '//files.example.com/archive'},
        },
        storageClassName: 'smb',
        capacity: {storage: '100Gi'},
        claimRef: {namespace: 'reports', name: 'archive'},
      },
      status: {phase: 'Bound'},
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {namespace: 'reports', name: 'archive'},
      spec: {
        storageClassName: 'smb',
        volumeName: 'pv-archive',
        volumeMode: 'Filesystem',
        accessModes: ['ReadWriteMany'],
      },
      status: {phase: 'Bound'},
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {name: 'smb'},
      provisioner: 'smb.csi.k8s.io',
      parameters: {source: '//files.example.com/archive'},
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: {name: 'smb.csi.k8s.io'},
      spec: {attachRequired: false},
    },
  ];
}

function csiNodes(): Raw[] {
  const drivers = [{name: 'smb.csi.k8s.io', nodeID: 'linux'}];
  return ['linux-1', 'linux-2', ...WINDOWS_NODES].map(name => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {name},
    spec: {drivers: name.startsWith('linux') ? drivers : []},
  }));
}

/** A monitoring agent for Linux tolerates everything and says nothing of its OS. */
function linuxDaemonSet(cluster: TestCluster): void {
  const image = 'quay.io/prometheus/node-exporter:v1.9.1';
  const spec: Json = {
    tolerations: [{operator: 'Exists'}],
    serviceAccountName: 'default',
    restartPolicy: 'Always',
    containers: [{name: 'node-exporter', image, resources: {requests: {cpu: '50m', memory: '32Mi'}}}],
  };
  const nodes = ['linux-1', 'linux-2', ...WINDOWS_NODES];
  cluster.add(
    ...born(20 * HOUR, workload('DaemonSet', {namespace: 'monitoring', name: 'node-exporter'}, spec, nodes)),
  );
  const message = `Back-off pulling image "${image}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${image}": no match for platform in manifest: not found`;
  for (const [i, node] of nodes.entries()) {
    if (!node.startsWith('win') || node === 'win-3') continue;
    const name = `monitoring/node-exporter-${i}`;
    cluster.change('Pod', name, pod => waiting(pod, 'ImagePullBackOff', message));
    cluster.add(
      event(cluster.get('Pod', name), 'Failed', message, {host: node, count: 212, first: ago(20 * HOUR)}),
    );
  }
  cluster.change('DaemonSet', 'monitoring/node-exporter', set => {
    set.status = {desiredNumberScheduled: 6, numberReady: 2, numberUnavailable: 4, numberMisscheduled: 0};
  });
}

/** A new version of the price program needs a library that its image does not have. */
function missingLibrary(cluster: TestCluster): void {
  cluster.add(...born(2 * HOUR, windows('shop', 'pricing', ['win-1', 'win-4'])));
  for (const name of ['shop/pricing-0', 'shop/pricing-1']) {
    cluster.change('Pod', name, pod => {
      waiting(pod, 'CrashLoopBackOff', 'back-off 5m0s restarting failed container=pricing');
      const [status] = pod.status.containerStatuses;
      status.restartCount = 23;
      status.lastState = {
        terminated: {exitCode: -1_073_741_515, reason: 'Error', startedAt: ago(190), finishedAt: ago(188)},
      };
      pod.status.phase = 'Running';
    });
  }
}

/** win-4 has handed out addresses outside its subnet since its network was made anew. */
function badSubnet(cluster: TestCluster): void {
  const message =
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "5b1c": plugin type="sdnoverlay" name="flannel.4096" failed (add): hcnCreateEndpoint failed in Win32: IP address is either invalid or not part of any configured subnet(s). (0x803b001e) {"Success":false,"Error":"IP address is either invalid or not part of any configured subnet(s). ","ErrorCode":2151350302}';
  cluster.add(...born(2 * HOUR, windows('shop', 'search', ['win-4', 'win-4'])));
  for (const name of ['shop/search-0', 'shop/search-1']) {
    cluster.change('Pod', name, pod => {
      waiting(pod, 'ContainerCreating');
      delete pod.status.podIP;
      delete pod.status.podIPs;
    });
    cluster.add(
      event(cluster.get('Pod', name), 'FailedCreatePodSandBox', message, {
        host: 'win-4',
        count: 96,
        first: ago(2 * HOUR),
      }),
    );
  }
}

/** The nightly index Job's author forgot that Windows nodes are tainted. */
function missingToleration(cluster: TestCluster): void {
  const spec = programSpec('shop/reindex');
  delete spec.tolerations;
  const [deployment, replicaSet, pod] = workload('Deployment', {namespace: 'shop', name: 'reindex'}, spec, [
    'win-1',
  ]);
  if (!deployment || !replicaSet || !pod) return;
  delete pod['spec'].nodeName;
  pod['status'] = {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: TAINTED,
        lastTransitionTime: ago(9 * HOUR),
      },
    ],
  };
  for (const owner of [deployment, replicaSet]) notAvailable(owner);
  cluster.add(...born(9 * HOUR, [deployment, replicaSet, pod]));
  cluster.add(
    event(pod, 'FailedScheduling', TAINTED, {
      component: 'default-scheduler',
      count: 108,
      first: ago(9 * HOUR),
    }),
  );
}

const TAINTED =
  "0/6 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }, 2 node(s) didn't match Pod's node affinity/selector, 3 node(s) had untolerated taint {os: windows}. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.";

/** Makes objects so many seconds old. */
function born(seconds: number, objects: Raw[]): Raw[] {
  for (const object of objects) {
    object.metadata['creationTimestamp'] = ago(seconds);
    if (object.kind !== 'Pod') continue;
    object['status'].startTime = ago(seconds);
    for (const condition of object['status'].conditions) condition.lastTransitionTime = ago(seconds);
  }
  return objects;
}

/** A pod whose one container does not run. */
function waiting(pod: Json, reason: string, message?: string): void {
  pod.status.phase = 'Pending';
  for (const condition of pod.status.conditions) {
    if (condition.type === 'Ready' || condition.type === 'ContainersReady') condition.status = 'False';
  }
  const [status] = pod.status.containerStatuses;
  status.ready = false;
  status.started = false;
  status.state = {waiting: {reason, ...(message !== undefined && {message})}};
}

function notAvailable(owner: Json): void {
  owner.status = {replicas: 1, readyReplicas: 0, availableReplicas: 0, unavailableReplicas: 1};
}

function unready(endpoint: Json): void {
  endpoint.conditions = {ready: false, serving: false, terminating: false};
}
