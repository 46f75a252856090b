import type {Check} from '../define.ts';
import hnsUnresponsive from './hns-unresponsive.ts';
import podNetworkMissing from './pod-network-missing.ts';
import vfpDisabled from './vfp-disabled.ts';
import networkDegraded from './network-degraded.ts';
import managementIpWrong from './management-ip-wrong.ts';
import networkOutsidePodCidr from './network-outside-pod-cidr.ts';
import endpointStale from './endpoint-stale.ts';
import remoteEndpointStale from './remote-endpoint-stale.ts';
import endpointIpDuplicate from './endpoint-ip-duplicate.ts';
import endpointNotAttached from './endpoint-not-attached.ts';
import podWithoutEndpoint from './pod-without-endpoint.ts';
import namespaceStuck from './namespace-stuck.ts';
import outboundNatExceptionsMissing from './outbound-nat-exceptions-missing.ts';
import outboundNatExceptionsBroad from './outbound-nat-exceptions-broad.ts';
import sdnRouteMissing from './sdn-route-missing.ts';
import mtuWrong from './mtu-wrong.ts';
import endpointDnsWrong from './endpoint-dns-wrong.ts';
import routeMissing from './route-missing.ts';
import remoteSubnetRouteMissing from './remote-subnet-route-missing.ts';
import policyCidrInvalid from './policy-cidr-invalid.ts';
import portBlocksExhausted from './port-blocks-exhausted.ts';
import portExclusionLeaked from './port-exclusion-leaked.ts';
import featureOverride from './feature-override.ts';
import networkDuplicate from './network-duplicate.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  hnsUnresponsive,
  podNetworkMissing,
  vfpDisabled,
  networkDegraded,
  managementIpWrong,
  networkOutsidePodCidr,
  endpointStale,
  remoteEndpointStale,
  endpointIpDuplicate,
  endpointNotAttached,
  podWithoutEndpoint,
  namespaceStuck,
  outboundNatExceptionsMissing,
  outboundNatExceptionsBroad,
  sdnRouteMissing,
  mtuWrong,
  endpointDnsWrong,
  routeMissing,
  remoteSubnetRouteMissing,
  policyCidrInvalid,
  portBlocksExhausted,
  portExclusionLeaked,
  featureOverride,
  networkDuplicate,
];
