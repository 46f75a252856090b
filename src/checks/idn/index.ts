import type {Check} from '../define.ts';
import gmsaCrdMissing from './gmsa-crd-missing.ts';
import gmsaSpecMissing from './gmsa-spec-missing.ts';
import gmsaWebhookMissing from './gmsa-webhook-missing.ts';
import gmsaUseDenied from './gmsa-use-denied.ts';
import gmsaNodeBuild from './gmsa-node-build.ts';
import gmsaSpecInvalid from './gmsa-spec-invalid.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  gmsaCrdMissing,
  gmsaSpecMissing,
  gmsaWebhookMissing,
  gmsaUseDenied,
  gmsaNodeBuild,
  gmsaSpecInvalid,
];
