import type * as kube from '../types.ts';
import type {Reader} from '../shape.ts';
import {fields, flag, list, presence, text} from '../shape.ts';
import {condition, object} from './object.ts';

/** Roles and ClusterRoles. */
export const role = (kind: string): Reader<kube.Role> =>
  object<kube.Role>(kind, {
    rules: list(
      fields<kube.PolicyRule>({
        apiGroups: list(text),
        resources: list(text),
        resourceNames: list(text),
        verbs: list(text),
        nonResourceURLs: list(text),
      }),
    ),
    aggregationRule: presence,
  });

/** RoleBindings and ClusterRoleBindings. */
export const roleBinding = (kind: string): Reader<kube.RoleBinding> =>
  object<kube.RoleBinding>(kind, {
    roleRef: fields({apiGroup: text, kind: text, name: text}),
    subjects: list(fields({kind: text, apiGroup: text, name: text, namespace: text})),
  });

/** Service accounts. */
export const serviceAccount = object<kube.ServiceAccount>('ServiceAccount', {
  automountServiceAccountToken: flag,
});

/** Requests for certificates, as kubelets make them. */
export const certificateSigningRequest = object<kube.CertificateSigningRequest>(
  'CertificateSigningRequest',
  {spec: fields({signerName: text, username: text}), status: fields({conditions: list(condition)})},
  {spec: {}, status: {}},
);
