import type {Check} from '../define.ts';
import gmsaCompartmentNamespace from './gmsa-compartment-namespace.ts';
import gmsaCrdMissing from './gmsa-crd-missing.ts';
import gmsaEvents from './gmsa-events.ts';
import gmsaNodeBuild from './gmsa-node-build.ts';
import gmsaSpecInvalid from './gmsa-spec-invalid.ts';
import gmsaSpecMissing from './gmsa-spec-missing.ts';
import gmsaUseDenied from './gmsa-use-denied.ts';
import gmsaWebhookMissing from './gmsa-webhook-missing.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  gmsaCrdMissing,
  gmsaSpecMissing,
  gmsaWebhookMissing,
  gmsaUseDenied,
  gmsaEvents,
  gmsaNodeBuild,
  gmsaSpecInvalid,
  gmsaCompartmentNamespace,
];
