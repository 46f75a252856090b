import type {TestCluster} from './cluster.ts';
import {healthy} from './cluster.ts';
import type {Json, Raw} from './raw.ts';
import {pod, windowsPodSpec} from './raw-pods.ts';
import {service} from './raw.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

/** The healthy cluster with gMSA set up, used by `shop/web` as `webapp`. */
export function gmsaCluster(): TestCluster {
  const webhookPod = pod({namespace: 'gmsa', name: 'gmsa-0'}, windowsPodSpec(), 'linux-0');
  webhookPod.metadata['labels'] = {app: 'gmsa'};
  return healthy()
    .changeSpec('Deployment', 'shop/web', useGmsa)
    .add(
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: {name: 'gmsacredentialspecs.windows.k8s.io'},
        spec: {group: 'windows.k8s.io', names: {plural: 'gmsacredentialspecs', kind: 'GMSACredentialSpec'}},
      },
      credentialSpec(),
      webhook('MutatingWebhookConfiguration'),
      webhook('ValidatingWebhookConfiguration'),
      ...service({namespace: 'gmsa', name: 'gmsa-webhook'}, '10.96.7.7', 443, [webhookPod]),
      {
        apiVersion: rbac,
        kind: 'ClusterRole',
        metadata: {name: 'use-webapp'},
        rules: [
          {
            apiGroups: ['windows.k8s.io'],
            resources: ['gmsacredentialspecs'],
            resourceNames: ['webapp'],
            verbs: ['use'],
          },
        ],
      },
      {
        apiVersion: rbac,
        kind: 'RoleBinding',
        metadata: {name: 'use-webapp', namespace: 'shop'},
        roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'use-webapp'},
        subjects: [{kind: 'ServiceAccount', namespace: 'shop', name: 'default'}],
      },
    );
}

/** Makes a pod specification use the credential spec `webapp`. */
function useGmsa(spec: Json): void {
  spec.securityContext = {windowsOptions: {gmsaCredentialSpecName: 'webapp'}};
}

/** A credential spec as `New-CredentialSpec` makes it; invented names and numbers. */
export function credentialSpec(edit: (credspec: Json) => void = () => {}): Raw {
  const credspec = {
    ActiveDirectoryConfig: {
      GroupManagedServiceAccounts: [
        {Name: 'webapp', Scope: 'EXAMPLE'},
        {Name: 'webapp', Scope: 'example.test'},
      ],
    },
    CmsPlugins: ['ActiveDirectory'],
    DomainJoinConfig: {
      DnsName: 'example.test',
      DnsTreeName: 'example.test',
      Guid: '11111111-2222-3333-4444-555555555555',
      MachineAccountName: 'webapp',
      NetBiosName: 'EXAMPLE',
      Sid: 'S-1-5-21-1111111111-2222222222-333333333',
    },
  };
  edit(credspec);
  return {apiVersion: 'windows.k8s.io/v1', kind: 'GMSACredentialSpec', metadata: {name: 'webapp'}, credspec};
}

function webhook(kind: string): Raw {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: {name: 'gmsa-webhook'},
    webhooks: [
      {
        name: 'admission-webhook.windows-gmsa.sigs.k8s.io',
        failurePolicy: 'Fail',
        clientConfig: {service: {namespace: 'gmsa', name: 'gmsa-webhook', path: '/x'}},
        rules: [{apiGroups: [''], resources: ['pods'], operations: ['CREATE']}],
      },
    ],
  };
}
