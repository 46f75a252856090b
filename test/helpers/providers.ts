import type {TestCluster} from './cluster.ts';
import {healthy} from './cluster.ts';

/** The healthy cluster as EKS runs it: labels, Windows addresses on, the VPC CNI. */
export function eksCluster(): TestCluster {
  return healthy()
    .changeAll('Node', n => {
      n.metadata.labels['eks.amazonaws.com/nodegroup'] = 'pool';
    })
    .add(
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: {name: 'aws-node', namespace: 'kube-system'},
        spec: {template: {spec: {nodeSelector: {'kubernetes.io/os': 'linux'}, containers: []}}},
        status: {desiredNumberScheduled: 1, numberReady: 1},
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'amazon-vpc-cni', namespace: 'kube-system'},
        data: {'enable-windows-ipam': 'true'},
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: 'aws-auth', namespace: 'kube-system'},
        data: {
          mapRoles: `- rolearn: arn:aws:iam::111122223333:role/invented
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes, eks:kube-proxy-windows]
`,
        },
      },
    );
}

/** The healthy cluster as AKS runs it. */
export function aksCluster(): TestCluster {
  return healthy().changeAll('Node', n => {
    n.metadata.labels['kubernetes.azure.com/cluster'] = 'shop';
  });
}
