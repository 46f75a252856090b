import type {Check} from '../define.ts';
import clusterDnsUnreachable from './cluster-dns-unreachable.ts';
import clusterDnsUnready from './cluster-dns-unready.ts';
import dnsSlow from './dns-slow.ts';
import dnsVipDeadBackendAlive from './dns-vip-dead-backend-alive.ts';
import externalNameFails from './external-name-fails.ts';
import searchSuffixFails from './search-suffix-fails.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  clusterDnsUnreachable,
  dnsVipDeadBackendAlive,
  externalNameFails,
  searchSuffixFails,
  dnsSlow,
  clusterDnsUnready,
];
