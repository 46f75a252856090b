import test from 'ava';
import {possibleConfigMaps} from '../../../plugin/kube/config-maps.ts';
import {CONFIG_MAP_NAMES} from '../../../src/kube/resources.ts';

const ALWAYS = ['kube-proxy', 'kube-proxy-windows', 'coredns', 'kubelet-config'];
const plain = {daemonSets: [], groups: new Set<string>(), providerIds: []};

/** What a cluster with these traits can have beside what any has. */
function added(more: Partial<Parameters<typeof possibleConfigMaps>[0]>): string[] {
  return possibleConfigMaps({...plain, ...more}).filter(name => !ALWAYS.includes(name));
}

test('a cluster without a known CNI or provider can only have what any has', t => {
  t.deepEqual(possibleConfigMaps(plain), ALWAYS);
});

test('what could not be read rules nothing out', t => {
  const unseen = {daemonSets: undefined, groups: undefined, providerIds: undefined};
  t.deepEqual(possibleConfigMaps(unseen), [...CONFIG_MAP_NAMES]);
});

test('EKS, Calico, flannel and Antrea bring their own', t => {
  t.deepEqual(added({providerIds: ['aws:///eu-west-1a/i-1']}), ['aws-auth', 'amazon-vpc-cni']);
  t.deepEqual(added({groups: new Set(['crd.projectcalico.org'])}), [
    'calico-config',
    'calico-windows-config',
    'kubernetes-services-endpoint',
  ]);
  t.deepEqual(added({daemonSets: ['kube-flannel/kube-flannel-ds']}), ['kube-flannel-cfg']);
  t.deepEqual(added({daemonSets: ['kube-system/antrea-agent-windows']}), ['antrea-config']);
  t.is(added({daemonSets: ['kube-system/canal']}).length, 4);
});
