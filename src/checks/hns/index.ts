import type {Check} from '../define.ts';
import hnsUnresponsive from './hns-unresponsive.ts';
import vfpDisabled from './vfp-disabled.ts';
import remoteEndpointStale from './remote-endpoint-stale.ts';
import endpointIpDuplicate from './endpoint-ip-duplicate.ts';
import podWithoutEndpoint from './pod-without-endpoint.ts';
import namespaceStuck from './namespace-stuck.ts';
import mtuWrong from './mtu-wrong.ts';
import endpointDnsWrong from './endpoint-dns-wrong.ts';
import routeMissing from './route-missing.ts';
import policyCidrInvalid from './policy-cidr-invalid.ts';
import portBlocksExhausted from './port-blocks-exhausted.ts';
import portExclusionLeaked from './port-exclusion-leaked.ts';
import featureOverride from './feature-override.ts';
import networkDuplicate from './network-duplicate.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  hnsUnresponsive,
  vfpDisabled,
  remoteEndpointStale,
  endpointIpDuplicate,
  podWithoutEndpoint,
  namespaceStuck,
  mtuWrong,
  endpointDnsWrong,
  routeMissing,
  policyCidrInvalid,
  portBlocksExhausted,
  portExclusionLeaked,
  featureOverride,
  networkDuplicate,
];
