import type {AgentOs} from '../../src/protocol/names.ts';
import type {DnsSettings} from './dns-settings.ts';

/** The network that a child process enters. */
export type Network =
  | {readonly kind: 'host'}
  /** File of a Linux network namespace. */
  | {readonly kind: 'netns'; readonly path: string}
  /** GUID of an HNS namespace. */
  | {readonly kind: 'compartment'; readonly namespace: string};

/** First line that a child process reads; each one after it is a `ProbeOrder`. */
export interface ChildSetup {
  readonly os: AgentOs;
  readonly network: Network;
  readonly dns: DnsSettings;
  /** Where probes may go, as the agent's environment has it (`src/probes/policy.ts`). */
  readonly targets: readonly string[];
}
