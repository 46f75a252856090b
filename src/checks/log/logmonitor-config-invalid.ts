import {schemaFaults} from '../../parse/logmonitor-config/schema.ts';
import type {ConfigFault} from '../../parse/logmonitor-config/config.ts';
import {defineCheck} from '../define.ts';
import {LOGMONITOR_LINK, configOutcomes} from './shared/config-faults.ts';
import {CONFIG_EVIDENCE, isOutcome, seenConfigs} from './shared/configs.ts';

export default defineCheck({
  id: 'LOG002',
  name: 'logmonitor-config-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'A configuration of LogMonitor is not valid',
  evidence: ['L', 'N', 'M'],
  needs: ['workloads'],
  wants: CONFIG_EVIDENCE,
  docs: {
    what: 'Looks at `LogMonitorConfig.json`, as a file, as a value of a ConfigMap or, by an agent, in running containers, and fails where it is no JSON, has no `LogConfig` with `sources`, or where a source has an unknown type or level, no channels, no providers or no directory.',
    why: 'LogMonitor leaves out what it does not understand, in part without a word, and starts the program all the same: the pod runs, and its log stays empty.',
    fix: [
      'Mend the place that the finding names.',
      'Compare with the sample of LogMonitor for the version in the image.',
    ],
    links: [LOGMONITOR_LINK],
  },
  *run(input) {
    for (const seen of seenConfigs(input)) {
      if (isOutcome(seen)) yield seen;
      else
        yield* configOutcomes(
          seen,
          seen.error === undefined ? schemaFaults(seen.value) : [noJson(seen.error)],
        );
    }
  },
});

function noJson(error: string): ConfigFault {
  return {
    cause: 'no JSON',
    pointer: '',
    message: `it is no JSON (${error}), and LogMonitor prints nothing of logs`,
    fix: 'Mend the JSON: `python -m json.tool LogMonitorConfig.json` names the place.',
  };
}
