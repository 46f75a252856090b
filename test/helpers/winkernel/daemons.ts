import type {Raw} from '../raw.ts';
import {hostProcessPodSpec, workload} from '../raw-pods.ts';
import type {Addresses} from './addresses.ts';
import type {ClusterPlan} from './plan.ts';

/** What runs on the nodes themselves, by which the network plug-in is known. */
export function daemonsOf({cni}: ClusterPlan, addresses: Addresses, nodes: string[]): Raw[] {
  const daemon = (name: string, image: string): Raw[] => {
    const made = workload('DaemonSet', {namespace: 'kube-system', name}, hostProcessPodSpec(image), nodes);
    for (const [i, raw] of made.slice(1).entries()) {
      raw['status'].podIP = addresses.nodeIp(i + 1);
      raw['status'].podIPs = [{ip: addresses.nodeIp(i + 1)}];
    }
    return made;
  };
  if (cni === 'flannel-overlay' || cni === 'flannel-host-gw') {
    const backend = cni === 'flannel-overlay' ? {Type: 'vxlan', VNI: 4096, Port: 4789} : {Type: 'host-gw'};
    const conf = JSON.stringify({Network: '10.244.0.0/16', Backend: backend});
    return [
      ...daemon('kube-flannel-ds-windows-amd64', 'sigwindowstools/flannel:v0.27.0-hostprocess'),
      config('kube-flannel-cfg', {'net-conf.json': conf}),
    ];
  }
  if (cni === 'calico-vxlan') {
    return [
      ...daemon('calico-node-windows', 'quay.io/calico/node-windows:v3.31.2'),
      config('calico-windows-config', {CALICO_NETWORKING_BACKEND: 'vxlan', KUBE_NETWORK: 'Calico.*'}),
    ];
  }
  if (cni === 'aws') return [config('amazon-vpc-cni', {'enable-windows-ipam': 'true'})];
  if (cni === 'azure')
    return daemon('azure-cns-win', 'mcr.microsoft.com/containernetworking/azure-cns:v1.7.2');
  return daemon('node-agent', 'registry.example.com/agent:1.0');
}

function config(name: string, data: Record<string, string>): Raw {
  return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'kube-system'}, data};
}
