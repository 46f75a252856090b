import type {Check} from '../define.ts';
import localTrafficPolicy from './local-traffic-policy.ts';
import noReadyEndpoints from './no-ready-endpoints.ts';
import targetPortNotExposed from './target-port-not-exposed.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [noReadyEndpoints, targetPortNotExposed, localTrafficPolicy];
