import type {Check} from '../define.ts';
import logmonitorBypassed from './logmonitor-bypassed.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [logmonitorBypassed];
