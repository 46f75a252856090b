import type {Check} from '../define.ts';
import auditChannelEmpty from './audit-channel-empty.ts';
import logmonitorBypassed from './logmonitor-bypassed.ts';
import logmonitorConfigInvalid from './logmonitor-config-invalid.ts';
import logmonitorVersionTrap from './logmonitor-version-trap.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  logmonitorConfigInvalid,
  logmonitorVersionTrap,
  logmonitorBypassed,
  auditChannelEmpty,
];
