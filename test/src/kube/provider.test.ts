import test from 'ava';
import type {Node} from '../../../src/kube/types.ts';
import {isManagedNode, poolOf, providerOf, providerOfNode} from '../../../src/kube/provider.ts';

function node(labels: Record<string, string>, kubeletVersion = 'v1.34.1', annotations = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {name: 'n', labels, annotations},
    spec: {providerID: 'azure:///subscriptions/x'},
    status: {nodeInfo: {kubeletVersion}},
  };
}

test('providers are known by the labels of their own nodes', t => {
  t.is(providerOfNode(node({'kubernetes.azure.com/agentpool': 'win'})), 'aks');
  t.is(providerOfNode(node({'eks.amazonaws.com/nodegroup': 'win'})), 'eks');
  t.is(providerOfNode(node({'cloud.google.com/gke-nodepool': 'win'})), 'gke');
  t.is(providerOfNode(node({'node.openshift.io/os_id': 'Windows'})), 'openshift');
});

test('a kubelet that a distribution built names it where labels do not', t => {
  t.is(providerOfNode(node({}, 'v1.33.1-eks-1a2b3c4')), 'eks');
  t.is(providerOfNode(node({}, 'v1.33.5-gke.1080000')), 'gke');
  t.is(providerOfNode(node({}, 'v1.31.4+rke2r1')), 'rke2');
});

test('a self-made cluster in a cloud is nobody’s', t => {
  const selfMade = node({'kubernetes.io/os': 'windows'});
  t.is(providerOfNode(selfMade), undefined);
  t.false(isManagedNode(selfMade));
});

test('OpenShift on Azure is OpenShift, and its nodes are not Azure’s to choose software for', t => {
  const aro = node({'node.openshift.io/os_id': 'Windows', 'kubernetes.azure.com/os-sku': 'x'});
  t.is(providerOfNode(aro), 'openshift');
  t.false(isManagedNode(aro));
});

test('a cluster belongs to the provider of most of its nodes', t => {
  const aks = node({'kubernetes.azure.com/cluster': 'c'});
  t.is(providerOf([node({}), aks, node({}, 'v1.31.4+k3s1'), aks]), 'aks');
  t.is(providerOf([]), undefined);
});

test('kubeadm is known by its annotation', t => {
  const annotations = {'kubeadm.alpha.kubernetes.io/cri-socket': 'npipe:////./pipe/containerd-containerd'};
  t.is(providerOfNode(node({}, 'v1.34.1', annotations)), 'kubeadm');
});

test('a pool is read off the most specific label', t => {
  t.deepEqual(poolOf(node({agentpool: 'a', 'kubernetes.azure.com/agentpool': 'b'})), {
    label: 'kubernetes.azure.com/agentpool',
    name: 'b',
  });
  t.is(poolOf(node({})), undefined);
});
