import {hostProcessPodSpec, workload} from './raw-pods.ts';
import type {Raw} from './raw.ts';

const NAMESPACE = 'calico-system';

/** The ConfigMap from which Calico on Windows nodes takes its settings. */
export function calicoConfig(data: Record<string, string>, name = 'calico-windows-config'): Raw {
  return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {namespace: NAMESPACE, name}, data};
}

/** Calico's agent on both Windows nodes, with the environment given. */
export function calicoDaemon(env: {name: string; value: string}[] = []): Raw[] {
  const spec = hostProcessPodSpec('docker.io/calico/node-windows:v3.31.0');
  spec.containers[0].env = env;
  return workload('DaemonSet', {namespace: NAMESPACE, name: 'calico-node-windows'}, spec, ['win-1', 'win-2']);
}

export function ipamConfig(spec: Record<string, unknown>): Raw {
  return {apiVersion: 'crd.projectcalico.org/v1', kind: 'IPAMConfig', metadata: {name: 'default'}, spec};
}

export function ipPool(spec: Record<string, unknown>): Raw {
  return {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'IPPool',
    metadata: {name: 'default-ipv4-ippool'},
    spec: {cidr: '10.244.0.0/16', ...spec},
  };
}
