import type {Check} from '../define.ts';
import knownBadComponent from './known-bad-component.ts';
import knownBadOsBuild from './known-bad-os-build.ts';
import securityUpdateMissing from './security-update-missing.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [knownBadOsBuild, knownBadComponent, securityUpdateMissing];
