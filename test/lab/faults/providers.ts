import {linuxNode} from '../../helpers/raw-nodes.ts';
import type {Fault} from './fault.ts';

/** Faults of AKS. */
export const aksFaults: readonly Fault[] = [
  {
    id: 'NOD002',
    title: 'a node pool runs an OS that AKS has retired',
    inject: async into => {
      const node = ['Node', 'akswin22000001'] as const;
      const labels = {
        'node.kubernetes.io/windows-build': '10.0.25398',
        'kubernetes.azure.com/os-sku': 'WindowsAnnual',
        'kubernetes.azure.com/agentpool': 'winann',
        agentpool: 'winann',
      };
      await into.change(node, {metadata: {labels}});
      await into.change(
        node,
        {status: {nodeInfo: {kernelVersion: '10.0.25398.2330', osImage: 'Windows Server 23H2 Datacenter'}}},
        'status',
      );
    },
  },
];

/** Faults of EKS. */
export const eksFaults: readonly Fault[] = [
  {
    id: 'CLD001',
    title: 'the VPC CNI does not give addresses to Windows pods',
    inject: async into => {
      await into.change(['ConfigMap', 'kube-system/amazon-vpc-cni'], {
        data: {'enable-windows-ipam': 'false'},
      });
      const none = {'vpc.amazonaws.com/PrivateIPv4Address': null};
      const node = ['Node', 'ip-10-0-1-201.eu-west-1.compute.internal'] as const;
      await into.change(node, {status: {capacity: none, allocatable: none}}, 'status');
    },
  },
];

const ci = {
  namespace: 'ci-builds',
  serviceAccount: 'build',
  delegate: {namespace: 'harness-delegate-ng', name: 'delegate'},
};
const look = {profile: 'ci-build', ci} as const;

/** Faults of a build farm. */
export const buildFarmFaults: readonly Fault[] = [
  {
    id: 'CIB002',
    title: 'the service account of builds is not there',
    look: {profile: 'ci-build', ci: {...ci, serviceAccount: 'builder'}},
  },
  {
    id: 'CIB013',
    title: "the delegate's account may not create pods",
    look,
    inject: async into =>
      into.change(['Role', 'ci-builds/ci-delegate'], {
        rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch']}],
      }),
  },
];

/** Faults of GKE. */
export const gkeFaults: readonly Fault[] = [
  {
    id: 'CIB012',
    title: 'the build farm runs on Autopilot',
    look: {profile: 'ci-build'},
    inject: async into => {
      const node = linuxNode('gk3-farm-pool-1-0a1b2c3d-x7k2', 9);
      node.metadata['labels']['cloud.google.com/gke-nodepool'] = 'pool-1';
      await into.create(node);
    },
  },
];
