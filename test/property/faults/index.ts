import {CLUSTER_FAULTS} from './clusters.ts';
import {NODE_FAULTS} from './nodes.ts';
import type {Fault} from './patient.ts';
import {POD_FAULTS} from './pods.ts';
import {SPEC_FAULTS} from './specs.ts';

/** Every fault that can be put into a random cluster. */
export const FAULTS: readonly Fault[] = [...SPEC_FAULTS, ...NODE_FAULTS, ...POD_FAULTS, ...CLUSTER_FAULTS];
