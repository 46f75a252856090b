import type {Check} from '../define.ts';
import dnsPolicyUnsupported from './dns-policy-unsupported.ts';
import fieldIgnoredOnWindows from './field-ignored-on-windows.ts';
import fieldRejectedOnWindows from './field-rejected-on-windows.ts';
import hostNetworkWithoutHostProcess from './host-network-without-host-process.ts';
import hostProcessMixed from './host-process-mixed.ts';
import hostProcessMultilineCommand from './host-process-multiline-command.ts';
import hostProcessNamespaceRestricted from './host-process-namespace-restricted.ts';
import hostProcessPipeMount from './host-process-pipe-mount.ts';
import linuxCommand from './linux-command.ts';
import linuxProbeOrLifecyclePath from './linux-probe-or-lifecycle-path.ts';
import manifestUnreadable from './manifest-unreadable.ts';
import mixedOsContainers from './mixed-os-containers.ts';
import nodeToolInContainer from './node-tool-in-container.ts';
import nonRootAdministrator from './non-root-administrator.ts';
import numericUserOnWindows from './numeric-user-on-windows.ts';
import podLevelResources from './pod-level-resources.ts';
import privilegedInsteadOfHostProcess from './privileged-instead-of-host-process.ts';
import userNameInvalid from './user-name-invalid.ts';
import volumeUnsupported from './volume-unsupported.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  fieldRejectedOnWindows,
  fieldIgnoredOnWindows,
  numericUserOnWindows,
  userNameInvalid,
  nonRootAdministrator,
  hostNetworkWithoutHostProcess,
  hostProcessMixed,
  hostProcessNamespaceRestricted,
  volumeUnsupported,
  dnsPolicyUnsupported,
  linuxCommand,
  privilegedInsteadOfHostProcess,
  podLevelResources,
  linuxProbeOrLifecyclePath,
  manifestUnreadable,
  mixedOsContainers,
  hostProcessMultilineCommand,
  hostProcessPipeMount,
  nodeToolInContainer,
];
