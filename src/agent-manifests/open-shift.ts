import {AGENT_NAMESPACE} from '../protocol/names.ts';
import {commonLabels} from './labels.ts';
import {CONSTRAINTS} from './role-names.ts';
import type {ManifestObject} from './settings.ts';

/**
 * OpenShift's admission goes by constraints of its own, beside Pod Security
 * (https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies):
 * just what the two DaemonSets ask for, for the service account that their pods run as.
 */
export function securityContextConstraints(): ManifestObject {
  return {
    apiVersion: 'security.openshift.io/v1',
    kind: 'SecurityContextConstraints',
    metadata: {name: CONSTRAINTS, labels: commonLabels()},
    allowHostDirVolumePlugin: true,
    allowHostIPC: false,
    allowHostNetwork: true,
    allowHostPID: false,
    allowHostPorts: false,
    allowPrivilegeEscalation: true,
    allowPrivilegedContainer: false,
    allowedCapabilities: ['SYS_ADMIN'],
    defaultAddCapabilities: [],
    requiredDropCapabilities: [],
    fsGroup: {type: 'RunAsAny'},
    readOnlyRootFilesystem: false,
    runAsUser: {type: 'RunAsAny'},
    seLinuxContext: {type: 'RunAsAny'},
    seccompProfiles: ['runtime/default'],
    supplementalGroups: {type: 'RunAsAny'},
    users: [`system:serviceaccount:${AGENT_NAMESPACE}:default`],
    groups: [],
    volumes: ['emptyDir', 'hostPath', 'projected', 'secret'],
  };
}
