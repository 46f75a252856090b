import type {ClusterFlags, ScopeFlags} from '../access.ts';

/** Flags that say who is told. */
export interface PublishFlags extends ClusterFlags, ScopeFlags {
  from?: string | undefined;
  events: boolean;
  'policy-reports': boolean;
  'push-gateway'?: string | undefined;
}
