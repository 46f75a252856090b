import type {Raw} from '../raw.ts';
import {addressesOf} from './addresses.ts';
import {CNI_TRAITS} from './networks.ts';
import type {ClusterPlan} from './plan.ts';

/** `--source-vip` of a node: overlays have one. */
export function sourceVipOf({cni}: ClusterPlan, index: number): {sourceVip?: string} {
  return CNI_TRAITS[cni].type === 'Overlay' ? {sourceVip: addressesOf(cni).hostIp(index)} : {};
}

/** `--root-hnsendpoint-name`, which health checks of ingress addresses are sent to. */
export function rootEndpointOf({cni, proxy}: ClusterPlan): {rootEndpoint?: string} {
  const {hostEndpoint} = CNI_TRAITS[cni];
  return proxy.forwardHealthCheck && hostEndpoint !== undefined ? {rootEndpoint: hostEndpoint} : {};
}

/** Flags of kube-proxy's process on a node. */
export function proxyFlags(plan: ClusterPlan, name: string, index: number): Record<string, string> {
  const common = {'hostname-override': name};
  if (plan.proxy.told !== 'flags') {
    return {...common, config: 'C:\\hpc\\mounts\\var\\lib\\kube-proxy\\config.conf'};
  }
  const {sourceVip} = sourceVipOf(plan, index);
  const {rootEndpoint} = rootEndpointOf(plan);
  return {
    ...common,
    'proxy-mode': 'kernelspace',
    'network-name': CNI_TRAITS[plan.cni].network(index),
    'enable-dsr': String(plan.proxy.dsr),
    'feature-gates': 'WinOverlay=true,WinDSR=true',
    'forward-healthcheck-vip': String(plan.proxy.forwardHealthCheck),
    ...(sourceVip !== undefined && {'source-vip': sourceVip}),
    ...(rootEndpoint !== undefined && {'root-hnsendpoint-name': rootEndpoint}),
  };
}

/** The ConfigMap with kube-proxy's configuration, where it is told by one. The source VIP is another on each node. */
export function proxyConfigMap(plan: ClusterPlan): Raw[] {
  const {told, dsr, forwardHealthCheck} = plan.proxy;
  if (told !== 'config-map') return [];
  const {rootEndpoint = ''} = rootEndpointOf(plan);
  const config = [
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1',
    'kind: KubeProxyConfiguration',
    'mode: kernelspace',
    'clusterCIDR: 10.244.0.0/16',
    'winkernel:',
    `  enableDSR: ${dsr}`,
    `  forwardHealthCheckVIP: ${forwardHealthCheck}`,
    `  networkName: ${plan.cni === 'aws' ? '""' : CNI_TRAITS[plan.cni].network(1)}`,
    `  rootHnsEndpointName: "${rootEndpoint}"`,
    '  sourceVip: ""',
    '',
  ];
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name: 'kube-proxy-windows', namespace: 'kube-system'},
      data: {'config.conf': config.join('\n')},
    },
  ];
}
