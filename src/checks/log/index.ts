import type {Check} from '../define.ts';
import auditChannelEmpty from './audit-channel-empty.ts';
import containerSilent from './container-silent.ts';
import imageServiceUnlogged from './image-service-unlogged.ts';
import logmonitorBypassed from './logmonitor-bypassed.ts';
import logmonitorConfigInvalid from './logmonitor-config-invalid.ts';
import logmonitorCrashed from './logmonitor-crashed.ts';
import logmonitorError from './logmonitor-error.ts';
import logmonitorSourceSilent from './logmonitor-source-silent.ts';
import logmonitorVersionTrap from './logmonitor-version-trap.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  containerSilent,
  logmonitorConfigInvalid,
  logmonitorVersionTrap,
  logmonitorSourceSilent,
  logmonitorError,
  logmonitorBypassed,
  logmonitorCrashed,
  auditChannelEmpty,
  imageServiceUnlogged,
];
