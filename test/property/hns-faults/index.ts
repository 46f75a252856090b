import {BALANCER_FAULTS} from './balancers.ts';
import {ENDPOINT_FAULTS} from './endpoints.ts';
import type {HnsFault} from './fault.ts';
import {NETWORK_FAULTS} from './networks.ts';

/** Every fault that can be put into HNS of a simulated cluster. */
export const HNS_FAULTS: readonly HnsFault[] = [...NETWORK_FAULTS, ...ENDPOINT_FAULTS, ...BALANCER_FAULTS];
