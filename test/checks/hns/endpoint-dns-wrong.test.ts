import check from '../../../src/checks/hns/endpoint-dns-wrong.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {POD_ENDPOINT, hnsOf, inBoth} from '../../helpers/hns-changes.ts';

const dns = (servers: string[], search = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local']) =>
  hnsOf(
    'endpoints',
    inBoth(POD_ENDPOINT, endpoint => {
      if (endpoint.Dns) endpoint.Dns = {ServerList: servers, Search: search};
      else {
        endpoint.DNSServerList = servers.join(',');
        endpoint.DNSSuffix = search.join(',');
      }
    }),
  );
const flag = (cluster: TestCluster, servers: string) =>
  cluster.onNode('win-1', n => n.change('processes.json', p => (p[0].flags['cluster-dns'] = servers)));
const config = (cluster: TestCluster, server: string) =>
  cluster.add({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {namespace: 'kube-system', name: 'kubelet-config'},
    data: {
      kubelet: `apiVersion: kubelet.config.k8s.io/v1beta1\nclusterDNS:\n- ${server}\nclusterDomain: cluster.local\n`,
    },
  });
const pod = (cluster: TestCluster, dnsPolicy: string, nameservers?: string[]) =>
  cluster.change('Pod', 'shop/web-0', p => {
    p.spec.dnsPolicy = dnsPolicy;
    if (nameservers) p.spec.dnsConfig = {nameservers};
  });

checkCases({
  check,
  finds: {
    'a server that is not the cluster’s': () => [
      dns(['168.63.129.16']),
      {
        subjects: ['Pod/shop/web-0'],
        severity: 'error',
        cause: 'server',
        says: /Pod shop\/web-0 on win-1 asks 168\.63\.129\.16 first, not 10\.96\.0\.10/,
      },
    ],
    'the cluster’s comes second': () => [
      dns(['168.63.129.16', '10.96.0.10']),
      {subjects: ['Pod/shop/web-0'], says: /asks 168\.63\.129\.16 first, and only then 10\.96\.0\.10/},
    ],
    'there is none': () => [dns([]), {subjects: ['Pod/shop/web-0'], says: /has no DNS server/}],
    'another than the kubelet’s flag says': () => [
      flag(dns(['10.96.0.10']), '169.254.20.10'),
      {subjects: ['Pod/shop/web-0'], says: /not 169\.254\.20\.10 \(`--cluster-dns` of the kubelet\)/},
    ],
    'the suffix of its namespace is missing': () => [
      dns(['10.96.0.10'], ['svc.cluster.local']),
      {
        subjects: ['Pod/shop/web-0'],
        cause: 'suffix',
        says: /lacks the DNS suffix shop\.svc\.… \(it has svc\.cluster\.local\)/,
      },
    ],
    'another than its own dnsConfig says': () => [
      pod(dns(['10.96.0.10']), 'None', ['1.1.1.1']),
      {subjects: ['Pod/shop/web-0'], says: /asks 10\.96\.0\.10 first, not 1\.1\.1\.1 \(its `dnsConfig`\)/},
    ],
  },
  passes: {
    'the cluster’s server, and its suffixes': () => healthyWithAgents(),
    'Azure’s own server comes after it': () => dns(['10.96.0.10', '168.63.129.16']),
    'the kubelet’s flag names the server': () => flag(dns(['169.254.20.10']), '169.254.20.10'),
    'the kubelets’ configuration names it': () => config(dns(['10.96.0.99']), '10.96.0.99'),
    'another DNS Service of the cluster': () =>
      dns(['10.96.30.1']).change('Service', 'shop/web', s => (s.spec.ports[0].port = 53)),
    'the node’s servers were asked for': () => pod(dns(['192.168.10.1'], []), 'Default'),
    'its own dnsConfig is followed': () => pod(dns(['1.1.1.1'], []), 'None', ['1.1.1.1']),
    'a pod that has ended': () => dns([]).change('Pod', 'shop/web-0', p => (p.status.phase = 'Succeeded')),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.endpoints'],
    'Services may not be listed': () => [healthyWithAgents().without('services'), 'services'],
  },
});
