import type {Check} from '../define.ts';
import noLinuxNode from './no-linux-node.ts';
import identityMissing from './identity-missing.ts';
import imageUnsupported from './image-unsupported.ts';
import userChanged from './user-changed.ts';
import privilegedStep from './privileged-step.ts';
import tokenNotMounted from './token-not-mounted.ts';
import notSelected from './not-selected.ts';
import initTimeoutShort from './init-timeout-short.ts';
import labelInvalid from './label-invalid.ts';
import meshStrict from './mesh-strict.ts';
import certificateMount from './certificate-mount.ts';
import autopilot from './autopilot.ts';
import permissionMissing from './permission-missing.ts';
import infrastructureInvalid from './infrastructure-invalid.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  noLinuxNode,
  identityMissing,
  imageUnsupported,
  userChanged,
  privilegedStep,
  tokenNotMounted,
  notSelected,
  initTimeoutShort,
  labelInvalid,
  meshStrict,
  certificateMount,
  autopilot,
  permissionMissing,
  infrastructureInvalid,
];
