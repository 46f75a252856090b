import type {HnsEndpoint, HnsLoadBalancer, HnsNamespace} from './model.ts';

/** A second look at HNS on a node (`--confirm`, CONTRACT §2), as `windows/confirm/` keeps it; places count in those files. */
export interface HnsConfirm {
  /** When it was taken, RFC 3339. */
  readonly at: string;
  readonly endpoints: readonly HnsEndpoint[];
  readonly namespaces: readonly HnsNamespace[];
  readonly loadBalancers: readonly HnsLoadBalancer[];
}
