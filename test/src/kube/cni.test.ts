import test from 'ava';
import {cnisOf} from '../../../src/kube/cni.ts';
import {calicoConfig, calicoDaemon} from '../../helpers/calico.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {linuxPodSpec, workload} from '../../helpers/raw-pods.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';

function seen(cluster: TestCluster): Record<string, {windows: number; linux: number}> {
  const snapshot = cluster.snapshot();
  const value = <K extends 'workloads' | 'configMaps' | 'nodes'>(key: K) => {
    const evidence = evidenceOf(snapshot, key);
    return evidence.ok ? evidence.value : undefined;
  };
  const cnis = cnisOf({
    workloads: value('workloads') ?? [],
    configMaps: value('configMaps') ?? [],
    nodes: value('nodes') ?? [],
  });
  return Object.fromEntries(
    [...cnis].map(([cni, {daemons}]) => [
      cni,
      {windows: daemons.windows.length, linux: daemons.linux.length},
    ]),
  );
}

/** A DaemonSet of Linux nodes, by its name and image. */
const linux = (name: string, image: string): TestCluster =>
  healthy().add(...workload('DaemonSet', {namespace: 'kube-system', name}, linuxPodSpec(image), ['linux-0']));

test('flannel is known by its DaemonSet for Windows and its ConfigMap', t => {
  t.deepEqual(seen(healthy()), {flannel: {windows: 1, linux: 0}});
});

test('Calico beside flannel: both are there', t => {
  const cluster = healthy().add(...calicoDaemon(), calicoConfig({}));
  t.deepEqual(seen(cluster), {flannel: {windows: 1, linux: 0}, calico: {windows: 1, linux: 0}});
});

/** What such a DaemonSet is taken for. */
const known = (name: string, image: string): string[] =>
  Object.keys(seen(linux(name, image))).filter(cni => cni !== 'flannel');

test('agents of Linux nodes are known by name or image', t => {
  t.deepEqual(known('antrea-agent', 'docker.io/antrea/antrea-agent-ubuntu:v2.3.0'), ['antrea']);
  t.deepEqual(known('aws-node', 'example.test/amazon-k8s-cni:v1.19.0'), ['aws-vpc']);
  t.deepEqual(known('net', 'quay.io/cilium/cilium:v1.18.0'), ['cilium']);
  t.deepEqual(known('log-shipper', 'example.test/shipper:1'), []);
});

test('EKS means the VPC CNI, whatever DaemonSets show', t => {
  const cluster = healthy().changeAll('Node', n => {
    n.metadata.labels['eks.amazonaws.com/nodegroup'] = 'win';
  });
  t.true('aws-vpc' in seen(cluster));
});
