import {parse} from 'yaml';
import {isTooDeep} from '../manifests/nesting.ts';
import {isRecord} from './shape.ts';
import type {ConfigMap} from './types.ts';

/** Settings of the kubelets of a cluster that checks read, with the ConfigMap that holds them. */
export interface KubeletConfig {
  clusterDns: readonly string[];
  holder: ConfigMap;
}

const NAME = 'kubelet-config';
const NAMESPACE = 'kube-system';

/**
 * The configuration that kubeadm gives to every kubelet (https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/kubelet-integration/).
 * Undefined where there is none, or it does not parse.
 */
export function kubeletConfig(configMaps: readonly ConfigMap[]): KubeletConfig | undefined {
  const holder = configMaps.find(({metadata}) => metadata.name === NAME && metadata.namespace === NAMESPACE);
  const text = holder?.data?.['kubelet'];
  if (!holder || text === undefined || isTooDeep(text)) return undefined;
  const read = parsed(text);
  const servers: unknown = isRecord(read) ? read['clusterDNS'] : undefined;
  if (!Array.isArray(servers)) return undefined;
  const items: unknown[] = servers;
  return {clusterDns: items.filter(s => typeof s === 'string'), holder};
}

function parsed(text: string): unknown {
  try {
    return parse(text, {maxAliasCount: 0, logLevel: 'silent'});
  } catch {
    return undefined;
  }
}
