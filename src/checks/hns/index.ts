import type {Check} from '../define.ts';
import hnsUnresponsive from './hns-unresponsive.ts';
import portBlocksExhausted from './port-blocks-exhausted.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [hnsUnresponsive, portBlocksExhausted];
