import test from 'ava';
import {kubeletConfig} from '../../../src/kube/kubelet-config.ts';
import type {ConfigMap} from '../../../src/kube/types.ts';

const config = (kubelet: string, name = 'kubelet-config'): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {namespace: 'kube-system', name},
  data: {kubelet},
});

test('the DNS servers of kubelets stand in the ConfigMap of kubeadm', t => {
  const holder = config('kind: KubeletConfiguration\nclusterDNS:\n- 10.96.0.10\n- fd00::a\n');
  t.deepEqual(kubeletConfig([config('', 'kube-proxy'), holder]), {
    clusterDns: ['10.96.0.10', 'fd00::a'],
    holder,
  });
});

test('what does not parse, or names no servers, is none', t => {
  for (const text of ['', '{', '- a', 'clusterDNS: 10.96.0.10', '['.repeat(5000), 'a: *b'])
    t.is(kubeletConfig([config(text)]), undefined, text.slice(0, 20));
  t.is(kubeletConfig([]), undefined);
});
