import {containersOf} from './containers.ts';
import type {Container, PodSecurityContext, PodSpec, SecurityContext} from './types.ts';
import {compareVersions, parseVersion} from './version.ts';

/** A field of a pod specification that has no meaning on Windows. */
export interface LinuxField {
  /** As it is written from the spec on: `hostPID`, `securityContext.fsGroup`; a container's begins with `containers[].`. */
  name: string;
  /** Kubernetes version from which the API server knows the field; older ones drop it unseen. */
  since: string;
  /** Values of the field in a spec, each with its JSON pointer. */
  find: (spec: PodSpec) => FieldUse[];
}

/** One use of a field. */
export interface FieldUse {
  pointer: string;
  value: unknown;
}

type Refuses = (value: unknown) => boolean;

/** Set at all, be it to false: what the API server refuses of most fields. */
const present: Refuses = value => value !== undefined;
const isTrue: Refuses = value => value === true;
const notEmpty: Refuses = value => Array.isArray(value) && value.length > 0;

/**
 * Every field that the API server refuses in a pod with `spec.os.name: windows` (`validateWindows` and
 * `validatePodResources` in kubernetes v1.35, `pkg/apis/core/validation`); elsewhere Windows ignores them. The lab proves
 * the table against a real API server, field by field.
 */
export const LINUX_FIELDS: readonly LinuxField[] = [
  ofPod('hostPID', '1.0', isTrue),
  ofPod('hostIPC', '1.0', isTrue),
  ofPod('hostUsers', '1.25', present),
  ofPod('shareProcessNamespace', '1.10', present),
  ofPod('resources', '1.32', present),
  ofPodSecurity('appArmorProfile', '1.30'),
  ofPodSecurity('seLinuxOptions', '1.0'),
  ofPodSecurity('seccompProfile', '1.19'),
  ofPodSecurity('fsGroup', '1.2'),
  ofPodSecurity('fsGroupChangePolicy', '1.18'),
  ofPodSecurity('sysctls', '1.11', notEmpty),
  ofPodSecurity('runAsUser', '1.0'),
  ofPodSecurity('runAsGroup', '1.10'),
  ofPodSecurity('supplementalGroups', '1.2'),
  ofPodSecurity('supplementalGroupsPolicy', '1.31'),
  ofPodSecurity('seLinuxChangePolicy', '1.32'),
  ofContainerSecurity('appArmorProfile', '1.30'),
  ofContainerSecurity('seLinuxOptions', '1.0'),
  ofContainerSecurity('seccompProfile', '1.19'),
  ofContainerSecurity('capabilities', '1.0'),
  ofContainerSecurity('readOnlyRootFilesystem', '1.2'),
  ofContainerSecurity('privileged', '1.0'),
  ofContainerSecurity('allowPrivilegeEscalation', '1.8'),
  ofContainerSecurity('procMount', '1.12'),
  ofContainerSecurity('runAsUser', '1.0'),
  ofContainerSecurity('runAsGroup', '1.10'),
];

function ofPod(key: keyof PodSpec, since: string, refuses: Refuses): LinuxField {
  const find = (spec: PodSpec): FieldUse[] => use(`/${key}`, spec[key], refuses);
  return {name: key, since, find};
}

function ofPodSecurity(key: keyof PodSecurityContext, since: string, refuses: Refuses = present): LinuxField {
  const find = (spec: PodSpec): FieldUse[] =>
    use(`/securityContext/${key}`, spec.securityContext?.[key], refuses);
  return {name: `securityContext.${key}`, since, find};
}

function ofContainerSecurity(key: keyof SecurityContext, since: string): LinuxField {
  const find = (spec: PodSpec): FieldUse[] =>
    containersOf(spec).flatMap(({container, pointer}) =>
      use(`${pointer}/securityContext/${key}`, securityOf(container)[key], present),
    );
  return {name: `containers[].securityContext.${key}`, since, find};
}

function securityOf(container: Container): SecurityContext {
  return container.securityContext ?? {};
}

function use(pointer: string, value: unknown, refuses: Refuses): FieldUse[] {
  return refuses(value) ? [{pointer, value}] : [];
}

/** Whether a version of Kubernetes (`1.29`, `v1.35.4-eks-1`) knows a field; an unreadable version knows all. */
export function knows(version: string | undefined, field: LinuxField): boolean {
  const server = parseVersion(version);
  const since = parseVersion(field.since);
  return !server || !since || compareVersions(server, since) >= 0;
}
