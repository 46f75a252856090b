import type {Raw} from '../raw.ts';
import {DAY, ago} from '../raw.ts';
import {DNS_VIP} from './addresses.ts';
import type {Front, Pods} from './services.ts';
import {sliceOf} from './slices.ts';

/** The two Services that every cluster has: of the API server, whose backend is a node, and of DNS. */
export function systemFronts(pods: Pods): Front[] {
  const api = {namespace: 'default', name: 'kubernetes'};
  const dns = {namespace: 'kube-system', name: 'kube-dns'};
  const coredns = ['coredns-0', 'coredns-1'].map(name => {
    const raw = pods.make({...dns, name}, 0);
    raw.metadata['labels'] = {'k8s-app': 'kube-dns'};
    raw['spec'].containers[0].ports = [
      {name: 'dns', containerPort: 53, protocol: 'UDP'},
      {name: 'dns-tcp', containerPort: 53, protocol: 'TCP'},
    ];
    return raw;
  });
  return [
    {
      service: system(api, '10.96.0.1', {
        ports: [{name: 'https', port: 443, protocol: 'TCP', targetPort: 6443}],
      }),
      pods: [],
      slices: [
        sliceOf(api, '00', {
          addressType: 'IPv4',
          endpoints: [{addresses: [pods.addresses.nodeIp(0)], conditions: {ready: true}}],
          ports: [{name: 'https', port: 6443, protocol: 'TCP'}],
        }),
      ],
    },
    {
      service: system(dns, DNS_VIP, {
        selector: {'k8s-app': 'kube-dns'},
        ports: [
          {name: 'dns', port: 53, protocol: 'UDP', targetPort: 53},
          {name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53},
        ],
      }),
      pods: coredns,
      slices: [
        sliceOf(dns, '00', {
          addressType: 'IPv4',
          endpoints: coredns.map(raw => ({
            addresses: [raw['status'].podIP],
            conditions: {ready: true, serving: true, terminating: false},
            nodeName: raw['spec'].nodeName,
            targetRef: {kind: 'Pod', namespace: dns.namespace, name: raw.metadata.name},
          })),
          ports: [
            {name: 'dns', port: 53, protocol: 'UDP'},
            {name: 'dns-tcp', port: 53, protocol: 'TCP'},
          ],
        }),
      ],
    },
  ];
}

function system(at: {namespace: string; name: string}, clusterIP: string, spec: object): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {...at, uid: `svc-${at.name}`, creationTimestamp: ago(60 * DAY), labels: {}},
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      internalTrafficPolicy: 'Cluster',
      sessionAffinity: 'None',
      ...spec,
    },
    status: {loadBalancer: {}},
  };
}
