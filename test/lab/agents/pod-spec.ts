/** The fields of a pod that its process is made from. */
export interface AgentPod {
  metadata: {name: string; namespace: string; uid: string; deletionTimestamp?: string};
  spec: {
    nodeName?: string;
    nodeSelector?: Record<string, string>;
    serviceAccountName?: string;
    containers: {
      name: string;
      args?: string[];
      env?: {name: string; value?: string; valueFrom?: {fieldRef?: {fieldPath: string}}}[];
      volumeMounts?: {name: string; mountPath: string}[];
    }[];
    volumes?: Volume[];
  };
  status?: {phase?: string};
}

export interface Volume {
  name: string;
  secret?: {secretName: string};
  hostPath?: {path: string};
  projected?: {sources: VolumeSource[]};
}

export interface VolumeSource {
  serviceAccountToken?: {path: string; expirationSeconds?: number};
  configMap?: {name: string; items?: {key: string; path: string}[]};
}

/** How HostProcess containers name their root file system; the runtime replaces it in every value. */
const WINDOWS_ROOT = '%CONTAINER_SANDBOX_MOUNT_POINT%';

/** The environment that the container gets, its paths turned into ones below `root`. */
export function environmentOf(pod: AgentPod, root: string): Record<string, string> {
  const container = pod.spec.containers[0];
  const mounts = (container?.volumeMounts ?? []).map(({name, mountPath}) => ({
    mountPath,
    at: pod.spec.volumes?.find(v => v.name === name)?.hostPath?.path ?? root + mountPath,
  }));
  const placed = (value: string) => {
    if (value.startsWith(WINDOWS_ROOT)) return root + value.slice(WINDOWS_ROOT.length).replaceAll('\\', '/');
    const mount = mounts.find(m => value === m.mountPath || value.startsWith(`${m.mountPath}/`));
    return mount ? mount.at + value.slice(mount.mountPath.length) : value;
  };
  const entries = (container?.env ?? [])
    // The lab's own PATH is what finds Node.
    .filter(({name}) => name !== 'PATH')
    .map(({name, value, valueFrom}) => {
      const field = valueFrom?.fieldRef?.fieldPath;
      return [name, field === 'spec.nodeName' ? (pod.spec.nodeName ?? '') : placed(value ?? '')];
    });
  return Object.fromEntries(entries);
}
