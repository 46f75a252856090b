import {CONFIG_MAP_NAMES} from '../../src/kube/resources.ts';

/** What tells which CNI and which provider a cluster has. Undefined where it could not be read. */
export interface ClusterTraits {
  /** `namespace/name` of its DaemonSets. */
  daemonSets: readonly string[] | undefined;
  /** API groups that it serves. */
  groups: ReadonlySet<string> | undefined;
  /** `spec.providerID` of its nodes. */
  providerIds: readonly string[] | undefined;
}

type ConfigMapName = (typeof CONFIG_MAP_NAMES)[number];

/** Whose each ConfigMap is; those that are not listed may stand in any cluster. */
const OWNER: Partial<Record<ConfigMapName, 'eks' | 'calico' | 'flannel' | 'antrea'>> = {
  'aws-auth': 'eks',
  'amazon-vpc-cni': 'eks',
  'calico-config': 'calico',
  'calico-windows-config': 'calico',
  'kubernetes-services-endpoint': 'calico',
  'kube-flannel-cfg': 'flannel',
  'antrea-config': 'antrea',
};

const CALICO_GROUP = 'crd.projectcalico.org';

/**
 * The ConfigMaps that can be there, given what runs: each costs a request. What could not be read rules nothing out.
 */
export function possibleConfigMaps({daemonSets, groups, providerIds}: ClusterTraits): ConfigMapName[] {
  const runs = (name: string): boolean => daemonSets?.some(d => d.includes(name)) ?? true;
  const present = {
    eks: providerIds?.some(id => id.startsWith('aws:')) ?? true,
    // Canal is Calico on flannel.
    calico: (groups?.has(CALICO_GROUP) ?? true) || runs('calico') || runs('canal') || runs('tigera'),
    flannel: runs('flannel') || runs('canal'),
    antrea: runs('antrea'),
  };
  return CONFIG_MAP_NAMES.filter(name => {
    const owner = OWNER[name];
    return owner === undefined || present[owner];
  });
}
