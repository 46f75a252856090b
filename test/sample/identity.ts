import type {TestCluster} from '../helpers/cluster.ts';
import type {Raw} from '../helpers/raw.ts';
import {linuxPodSpec, workload} from '../helpers/raw-pods.ts';
import {event, service} from '../helpers/raw.ts';
import {windows} from './cluster.ts';
import {HOUR, born} from './states.ts';

/** The ledger names a credential spec that nobody created, so its pods are refused. */
export function missingGmsa(cluster: TestCluster): void {
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
