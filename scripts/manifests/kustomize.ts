import {stringify} from 'yaml';

/**
 * The base for kustomize (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/). The key is not in it: an
 * overlay makes its Secret, and may set image and labels.
 */
export function kustomization(resources: readonly string[]): string {
  return stringify({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...resources],
  });
}
