import type {LabObject} from '../parts/api.ts';

/** A Service whose EndpointSlice nobody has tidied up. */
export function staleService(): LabObject[] {
  const metadata = {namespace: 'shop', name: 'stale'};
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {ports: [{name: 'http', port: 80, targetPort: 8080}]},
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {...metadata, labels: {'kubernetes.io/service-name': 'stale'}},
      addressType: 'IPv4',
      ports: [{name: 'http', port: 8080, protocol: 'TCP'}],
      endpoints: [{addresses: ['10.244.1.200'], nodeName: 'linux-0', conditions: {ready: true}}],
    },
  ];
}

/** A Service of one pod alone. */
export function soloService(pod: string): LabObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {namespace: pod.startsWith('coredns') ? 'kube-system' : 'shop', name: `solo-${pod}`},
    spec: {
      selector: {'lab.kubectl-win/pod': pod},
      ports: [{name: 'http', port: 80, targetPort: pod.startsWith('coredns') ? 53 : 8080}],
    },
  };
}
