import type {Service} from './types.ts';

/** Services of cluster DNS by installer: kubeadm and most providers, OpenShift. */
const NAMES: ReadonlySet<string> = new Set([
  'kube-system/kube-dns',
  'kube-system/coredns',
  'openshift-dns/dns-default',
]);
const APP_LABEL = 'k8s-app';

/** Whether a Service is the address of cluster DNS. */
export function isClusterDns({metadata, spec}: Service): boolean {
  const {namespace = '', name, labels} = metadata;
  if (spec.type === 'ExternalName' || spec.clusterIP === 'None') return false;
  return (
    NAMES.has(`${namespace}/${name}`) || (namespace === 'kube-system' && labels?.[APP_LABEL] === 'kube-dns')
  );
}
