import type {ProbeError} from '../../../src/protocol/probes/lines.ts';
import type {PodRef} from '../../../src/protocol/probes/orders.ts';
import type {Network} from '../child-setup.ts';
import type {DnsSettings} from '../dns-settings.ts';

/** Where probes of one vantage point start. */
export interface Place {
  readonly network: Network;
  readonly dns: DnsSettings;
}

/** Why nothing can start there. */
export interface NoPlace {
  readonly error: ProbeError;
  readonly detail: string;
}

/** Finds vantage points on this node. */
export interface Places {
  host(): Promise<Place>;
  /** One answer for each pod, in their order. */
  pods(pods: readonly PodRef[], signal: AbortSignal): Promise<readonly (Place | NoPlace)[]>;
}
