import type {TargetPolicy} from '../../../src/probes/policy.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import type {DnsSettings} from '../dns-settings.ts';

/** What every probe of a child process stands on. */
export interface ProbeContext {
  readonly os: AgentOs;
  readonly dns: DnsSettings;
  readonly policy: TargetPolicy;
}
