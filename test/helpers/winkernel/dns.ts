import type {Json, Raw} from '../raw.ts';
import {DNS_VIP} from './addresses.ts';
import type {DnsKind} from './plan.ts';

/** What the node itself resolves names by. */
export const NODE_DNS = ['192.168.10.1'];

/** Terms of a pod's specification for each way of resolving names. */
export const DNS_SPECS: Record<DnsKind, Json> = {
  cluster: {dnsPolicy: 'ClusterFirst'},
  'cluster and more': {
    dnsPolicy: 'ClusterFirst',
    dnsConfig: {nameservers: ['192.0.2.53'], searches: ['corp.example.com']},
  },
  node: {dnsPolicy: 'Default'},
  own: {dnsPolicy: 'None', dnsConfig: {nameservers: ['192.0.2.54'], searches: ['own.example.com']}},
};

/** Servers and suffixes that the kubelet gives to CNI for a pod. */
export function dnsOf(pod: Raw): {dns: string[]; suffixes: string[]} {
  const {dnsPolicy, dnsConfig = {}} = pod['spec'];
  const {nameservers = [], searches = []} = dnsConfig;
  if (dnsPolicy === 'None') return {dns: nameservers, suffixes: searches};
  if (dnsPolicy === 'Default') return {dns: [...NODE_DNS, ...nameservers], suffixes: searches};
  const own = `${pod.metadata.namespace ?? ''}.svc.cluster.local`;
  return {
    dns: [DNS_VIP, ...nameservers],
    suffixes: [own, 'svc.cluster.local', 'cluster.local', ...searches],
  };
}
