import type {Check} from '../define.ts';
import agentUnreachable from './agent-unreachable.ts';
import agentSkew from './agent-skew.ts';
import agentPartial from './agent-partial.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [agentUnreachable, agentSkew, agentPartial];
