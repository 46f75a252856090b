import {auditChannels} from '../../parse/logmonitor-config/traps.ts';
import type {ConfigFault} from '../../parse/logmonitor-config/config.ts';
import {defineCheck} from '../define.ts';
import {LOGMONITOR_LINK, configOutcomes} from './shared/config-faults.ts';
import {CONFIG_EVIDENCE, isOutcome, seenConfigs} from './shared/configs.ts';

export default defineCheck({
  id: 'LOG008',
  name: 'audit-channel-empty',
  severity: 'info',
  since: '0.1.0',
  title: 'LogMonitor is asked for the Security channel, of which it prints nothing',
  evidence: ['M', 'L', 'N'],
  needs: ['workloads'],
  wants: CONFIG_EVIDENCE,
  docs: {
    what: 'Fails where a configuration of LogMonitor names the channel Security. Audits have level 0, and every version asks for levels 1 to 5.',
    why: 'Whoever relies on the log of the container for audits sees none, however the level is set.',
    fix: ['Leave the channel out, and collect audits on the node or with an agent that reads level 0.'],
    links: [LOGMONITOR_LINK, 'https://learn.microsoft.com/windows/win32/wes/defining-severity-levels'],
  },
  *run(input) {
    for (const seen of seenConfigs(input)) {
      if (isOutcome(seen)) yield seen;
      else yield* configOutcomes(seen, auditChannels(seen.value).map(faultOf));
    }
  },
});

function faultOf({pointer, name}: {pointer: string; name: string}): ConfigFault {
  return {
    cause: 'security channel',
    pointer,
    value: name,
    message: `it asks for the channel ${name}, whose audits have level 0 and are never printed`,
    fix: 'Leave the channel out: audits need another collector.',
  };
}
