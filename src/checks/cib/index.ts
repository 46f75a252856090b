import type {Check} from '../define.ts';
import noLinuxNode from './ci-no-linux-node.ts';
import identityMissing from './ci-identity-missing.ts';
import imageUnsupported from './ci-image-unsupported.ts';
import userChanged from './ci-user-changed.ts';
import privilegedStep from './ci-privileged-step.ts';
import tokenNotMounted from './ci-token-not-mounted.ts';
import notSelected from './ci-not-selected.ts';
import initTimeoutShort from './ci-init-timeout-short.ts';
import labelInvalid from './ci-label-invalid.ts';
import meshStrict from './ci-mesh-strict.ts';
import certificateMount from './ci-certificate-mount.ts';
import autopilot from './ci-autopilot.ts';
import permissionMissing from './ci-permission-missing.ts';
import infrastructureInvalid from './ci-infrastructure-invalid.ts';

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
