import {containersOf} from '../../kube/containers.ts';
import type {Workload} from '../../kube/workloads.ts';
import {allSpecs} from '../../kube/workloads.ts';
import {trapFaults} from '../../parse/logmonitor-config/traps.ts';
import type {Fail} from '../define.ts';
import {defineCheck, failSpec, specRef} from '../define.ts';
import {LOGMONITOR_LINK, configOutcomes} from './shared/config-faults.ts';
import {CONFIG_EVIDENCE, isOutcome, seenConfigs} from './shared/configs.ts';

/** What makes 2.2 refuse the name after `/Config` and end at once with exit code 0. */
const REFUSED = /[\\/:]|\.\./;
const OPTION = '/config';

export default defineCheck({
  id: 'LOG003',
  name: 'logmonitor-version-trap',
  severity: 'warning',
  since: '0.1.0',
  title: 'A released version of LogMonitor does something else with this configuration',
  evidence: ['L', 'N', 'M'],
  needs: ['workloads'],
  wants: CONFIG_EVIDENCE,
  docs: {
    what: 'Compares configurations of LogMonitor (files, values of ConfigMaps and, by an agent, those of running containers, where also the version is seen), and the `/Config` argument of containers, with what each released version does: keys that 2.2 reads in one spelling only, `waitInSeconds` as text, `includeFileNames`, layouts with `|` or a lone `%`, several sources of one type, and a path after `/Config`, at which 2.2 ends with exit code 0.',
    why: 'The configuration worked with one version, and after an update of LogMonitor logs are missing, broken or the container ends at once as if it were completed.',
    fix: [
      'Write what every version reads, as the finding says.',
      'Or pin the version of LogMonitor in the image.',
    ],
    links: [LOGMONITOR_LINK, 'https://github.com/microsoft/windows-container-tools/releases'],
  },
  *run(input) {
    for (const seen of seenConfigs(input)) {
      if (isOutcome(seen)) yield seen;
      else yield* configOutcomes(seen, trapFaults(seen.value));
    }
    for (const workload of input.workloads) yield* configArguments(workload);
  },
});

function* configArguments(workload: Workload): Generator<Fail> {
  for (const view of allSpecs(workload)) {
    for (const {container, pointer} of containersOf(view.spec)) {
      const {command = [], args = [], name} = container;
      const words = [...command, ...args];
      if (!words.some(word => word.toLowerCase().includes('logmonitor'))) continue;
      const at = words.findIndex(word => word.toLowerCase() === OPTION);
      const path = at < 0 ? undefined : words[at + 1];
      if (path === undefined || !REFUSED.test(path)) continue;
      const list = at + 1 < command.length ? 'command' : 'args';
      yield failSpec(workload, {
        cause: 'path after /Config',
        message: `Container ${name} gives LogMonitor /Config ${path}: 2.2 refuses a name with \\, /, : or .. and ends at once with exit code 0`,
        evidence: [specRef(view, `${pointer}/${list}`, list === 'command' ? command : args)],
        fix: ['Put the file at `C:\\\\LogMonitor\\\\LogMonitorConfig.json` and leave `/Config` out.'],
      });
    }
  }
}
