import type {Check} from '../define.ts';
import clusterDnsUnready from './cluster-dns-unready.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [clusterDnsUnready];
