/** Services of a Windows node by what they do, under the names that distributions give them. */
export const SERVICES = {
  kubelet: ['kubelet'],
  containerd: ['containerd'],
  'kube-proxy': ['kube-proxy', 'kubeproxy'],
  rke2: ['rke2'],
  hns: ['hns'],
  vmcompute: ['vmcompute'],
  'csi-proxy': ['csi-proxy', 'csiproxy'],
} as const;

export type ServiceRole = keyof typeof SERVICES;

/** What a service does, by its name; undefined for others. */
export function roleOf(name: string): ServiceRole | undefined {
  const lower = name.toLowerCase();
  // The keys are those of the table.
  const roles = Object.keys(SERVICES) as ServiceRole[];
  return roles.find(role => SERVICES[role].some(known => known === lower));
}

/** Display names by which the Service Control Manager calls them in its events. */
export const DISPLAY_NAMES: ReadonlyMap<string, ServiceRole> = new Map([
  ['host network service', 'hns'],
  ['hyper-v host compute service', 'vmcompute'],
]);

/** The role of a service as an event names it: by its own or its display name. */
export function roleInEvent(name: string): ServiceRole | undefined {
  return DISPLAY_NAMES.get(name.toLowerCase()) ?? roleOf(name);
}
