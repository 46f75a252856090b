import type {Check} from '../define.ts';
import affinityDiffers from './affinity-differs.ts';
import backendsDiffer from './backends-differ.ts';
import dnsLoadBalancerMissing from './dns-load-balancer-missing.ts';
import dsrDiffers from './dsr-differs.ts';
import endpointReferenceDangling from './endpoint-reference-dangling.ts';
import loadBalancerMissing from './load-balancer-missing.ts';
import loadBalancerOrphaned from './load-balancer-orphaned.ts';
import loadBalancerState from './load-balancer-state.ts';
import localTrafficPolicy from './local-traffic-policy.ts';
import noReadyEndpoints from './no-ready-endpoints.ts';
import nodePortMissing from './node-port-missing.ts';
import policiesCollapsed from './policies-collapsed.ts';
import sourceVipInvalid from './source-vip-invalid.ts';
import targetPortNotExposed from './target-port-not-exposed.ts';
import vipDuplicate from './vip-duplicate.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  loadBalancerMissing,
  loadBalancerOrphaned,
  backendsDiffer,
  vipDuplicate,
  policiesCollapsed,
  dnsLoadBalancerMissing,
  endpointReferenceDangling,
  loadBalancerState,
  sourceVipInvalid,
  affinityDiffers,
  nodePortMissing,
  noReadyEndpoints,
  targetPortNotExposed,
  localTrafficPolicy,
  dsrDiffers,
];
