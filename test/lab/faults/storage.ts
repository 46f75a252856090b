import type {LabObject} from '../parts/api.ts';
import type {Fault} from './fault.ts';
import type {Injector} from './injector.ts';
import {linux, podEvent, waiting, windows} from './objects.ts';

const DRIVER = 'disk.example.test';

/** A Windows workload with a bound claim on a volume. */
async function volume(into: Injector, source: object, nodesHaveDriver = true): Promise<void> {
  await into.create(
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {name: 'data'},
      spec: {
        capacity: {storage: '10Gi'},
        accessModes: ['ReadWriteMany'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'lab',
        claimRef: {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data'},
        ...source,
      },
    },
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: {name: DRIVER},
      spec: {attachRequired: false},
    },
    ...['win-1', 'win-2'].map(node => csiNode(node, nodesHaveDriver)),
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {name: 'data', namespace: 'shop'},
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: 'lab',
        volumeName: 'data',
        resources: {requests: {storage: '10Gi'}},
      },
    },
  );
  await user(into, {persistentVolumeClaim: {claimName: 'data'}});
}

function csiNode(name: string, hasDriver: boolean): LabObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {name},
    spec: {drivers: hasDriver ? [{name: DRIVER, nodeID: name, topologyKeys: null}] : []},
  };
}

async function user(into: Injector, source: object): Promise<void> {
  await into.create(
    windows('files', spec => {
      spec.volumes = [{name: 'data', ...source}];
      spec.containers[0].volumeMounts = [{name: 'data', mountPath: 'C:\\data'}];
    }),
  );
}

const csi = (more: object = {}) => ({csi: {driver: DRIVER, volumeHandle: 'data', ...more}});

const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'gmsacredentialspecs.windows.k8s.io',
    annotations: {
      'api-approved.kubernetes.io':
        'https://github.com/kubernetes/enhancements/tree/master/keps/sig-windows/689-windows-gmsa',
    },
  },
  spec: {
    group: 'windows.k8s.io',
    scope: 'Cluster',
    names: {kind: 'GMSACredentialSpec', plural: 'gmsacredentialspecs', singular: 'gmsacredentialspec'},
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {credspec: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
          },
        },
      },
    ],
  },
};

const rbac = 'rbac.authorization.k8s.io';

/** Everything that a gMSA needs, less what a fault leaves out. */
async function gmsa(into: Injector, without: 'crd' | 'spec' | 'webhook' | 'use' | 'domain'): Promise<void> {
  if (without !== 'crd') await into.create(CRD);
  if (without !== 'crd' && without !== 'spec') await into.create(credentialSpec(without === 'domain'));
  if (without !== 'webhook') {
    await into.create(
      linux('gmsa-webhook', () => {}, {namespace: 'kube-system'}),
      ...webhook(),
    );
  }
  if (without !== 'use') {
    await into.create(
      {
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRole',
        metadata: {name: 'use-gmsa'},
        rules: [
          {
            apiGroups: ['windows.k8s.io'],
            resources: ['gmsacredentialspecs'],
            resourceNames: ['shop'],
            verbs: ['use'],
          },
        ],
      },
      {
        apiVersion: `${rbac}/v1`,
        kind: 'RoleBinding',
        metadata: {name: 'use-gmsa', namespace: 'shop'},
        roleRef: {apiGroup: rbac, kind: 'ClusterRole', name: 'use-gmsa'},
        subjects: [{kind: 'ServiceAccount', name: 'default', namespace: 'shop'}],
      },
    );
  }
  await into.create(
    windows('ledger', spec => (spec.securityContext = {windowsOptions: {gmsaCredentialSpecName: 'shop'}})),
  );
}

function credentialSpec(withoutDomain: boolean): LabObject {
  const DomainJoinConfig = {
    DnsName: 'shop.example',
    DnsTreeName: 'shop.example',
    Guid: '00000000-0000-4000-8000-000000000001',
    MachineAccountName: 'web',
    NetBiosName: 'SHOP',
    Sid: 'S-1-5-21-1000000000-2000000000-3000000000',
  };
  return {
    apiVersion: 'windows.k8s.io/v1',
    kind: 'GMSACredentialSpec',
    metadata: {name: 'shop'},
    credspec: {
      CmsPlugins: ['ActiveDirectory'],
      ...(!withoutDomain && {DomainJoinConfig}),
      ActiveDirectoryConfig: {GroupManagedServiceAccounts: [{Name: 'web', Scope: 'SHOP'}]},
    },
  };
}

function webhook(): LabObject[] {
  const webhooks = [
    {
      name: 'admission-webhook.windows-gmsa.sigs.k8s.io',
      failurePolicy: 'Ignore', // The lab's API server reaches no pod.
      timeoutSeconds: 1,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: {service: {name: 'gmsa-webhook', namespace: 'kube-system', path: '/mutate'}},
      rules: [{apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods']}],
      namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'shop'}},
    },
  ];
  const of = 'admissionregistration.k8s.io/v1';
  const metadata = {name: 'gmsa-webhook'};
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {...metadata, namespace: 'kube-system'},
      spec: {selector: {app: 'gmsa-webhook'}, ports: [{port: 443, targetPort: 8443}]},
    },
    {apiVersion: of, kind: 'MutatingWebhookConfiguration', metadata, webhooks},
    {apiVersion: of, kind: 'ValidatingWebhookConfiguration', metadata, webhooks},
  ];
}

/** Faults of storage and of identity. */
export const storageFaults: readonly Fault[] = [
  {
    id: 'STO001',
    title: 'no Windows node has the CSI driver of a volume',
    inject: async into => volume(into, csi(), false),
  },
  {
    id: 'STO003',
    title: 'a volume of a Windows pod is formatted with ext4',
    inject: async into => volume(into, csi({fsType: 'ext4'})),
  },
  {
    id: 'STO005',
    title: 'a Windows pod mounts NFS',
    inject: async into => user(into, {nfs: {server: 'nfs.example', path: '/export'}}),
  },
  {
    id: 'STO004',
    title: 'a share refuses the password',
    inject: async into => {
      await into.create(windows('share', () => {}, {status: waiting('ContainerCreating')}));
      await into.create(
        podEvent(
          'share',
          'FailedMount',
          'MountVolume.MountDevice failed for volume "share" : rpc error: code = Internal desc = volume(share) mount "//192.0.2.20/share" failed with smb mapping failed with error: NewSmbGlobalMapping failed. output: "New-SmbGlobalMapping : The user name or password is incorrect. + FullyQualifiedErrorId : Windows System Error 1326,New-SmbGlobalMapping", err: exit status 1',
        ),
      );
    },
  },
  {
    id: 'STO006',
    title: 'an SMB volume is on a server that only cluster DNS knows',
    inject: async into =>
      volume(into, csi({driver: DRIVER, volumeAttributes: {source: '//files.shop.svc.cluster.local/share'}})),
  },
  {
    id: 'IDN001',
    title: 'pods name a gMSA, and its kind is not installed',
    inject: async into => gmsa(into, 'crd'),
  },
  {
    id: 'IDN002',
    title: 'the credential spec that a pod names is not there',
    inject: async into => gmsa(into, 'spec'),
  },
  {id: 'IDN003', title: 'the gMSA webhook is not installed', inject: async into => gmsa(into, 'webhook')},
  {
    id: 'IDN004',
    title: 'an account may not use its credential spec',
    inject: async into => gmsa(into, 'use'),
  },
  {id: 'IDN007', title: 'a credential spec names no domain', inject: async into => gmsa(into, 'domain')},
];
