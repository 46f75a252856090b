import type {Check} from '../define.ts';
import eventStorm from './event-storm.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [eventStorm];
