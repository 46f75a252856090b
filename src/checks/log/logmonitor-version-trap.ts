import {containersOf} from '../../kube/containers.ts';
import type {Container} from '../../kube/types.ts';
import type {Workload} from '../../kube/workloads.ts';
import {allSpecs} from '../../kube/workloads.ts';
import {trapFaults} from '../../parse/logmonitor-config/traps.ts';
import type {ImageConfig} from '../../manifests/image-config.ts';
import type {Fail, Outcome, Ref} from '../define.ts';
import {defineCheck, failSpec, pass, specRef, subjectOf} from '../define.ts';
import type {ConfigFault} from '../../parse/logmonitor-config/config.ts';
import {LOGMONITOR_LINK, configOutcomes} from './shared/config-faults.ts';
import {CONFIG_EVIDENCE, isOutcome, seenConfigs} from './shared/configs.ts';
import {imageStartsLogMonitor, startWords} from './shared/image-configs.ts';
import {ImageStarts} from './shared/images.ts';

/** What makes 2.2 refuse the name after `/Config` and end at once with exit code 0. */
const REFUSED = /[\\/:]|\.\./;
const OPTION = '/config';
const PATH_FIX = 'Put the file at `C:\\LogMonitor\\LogMonitorConfig.json` and leave `/Config` out.';
/** windows-container-tools#32, #38. */
const BYTE_ORDER_MARK: ConfigFault = {
  cause: 'byte order mark',
  versions: {from: '1', to: '1'},
  pointer: '',
  message:
    'a byte order mark stands before it, which 1.0 and 1.1 take for a syntax error: they print nothing of logs',
  fix: 'Save it as UTF-8 without a byte order mark.',
};

export default defineCheck({
  id: 'LOG003',
  name: 'logmonitor-version-trap',
  severity: 'warning',
  since: '0.1.0',
  title: 'A released version of LogMonitor does something else with this configuration',
  evidence: ['L', 'N', 'M'],
  needs: ['workloads'],
  wants: [...CONFIG_EVIDENCE, 'node.cri.images', 'imageConfigs'],
  docs: {
    what: 'Compares configurations of LogMonitor (files, values of ConfigMaps and, by an agent, those of running containers, where also the version is seen), and the `/Config` argument of containers and, by an agent or as `docker image inspect`, `crane config` or `crictl inspecti` print it, of their images, with what each released version does: keys that 2.2 reads in one spelling only, `waitInSeconds` as text, `includeFileNames`, a byte order mark, layouts with `|`, a lone `%` or tokens of another source, several sources of one type, where an older version was seen what it does not know yet, and a path after `/Config`, at which 2.2 ends with exit code 0.',
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
      else
        yield* configOutcomes(seen, [...trapFaults(seen.value), ...(seen.hasMark ? [BYTE_ORDER_MARK] : [])]);
    }
    const {wants, workloads} = input;
    const starts = new ImageStarts(wants['node.cri.images']);
    for (const workload of workloads) yield* configArguments(workload, starts);
    if (wants.imageConfigs.ok) for (const image of wants.imageConfigs.value) yield imageArguments(image);
  },
});

function* configArguments(workload: Workload, starts: ImageStarts): Generator<Fail> {
  for (const view of allSpecs(workload)) {
    for (const {container, pointer} of containersOf(view.spec)) {
      const lists = startedBy(container, starts, (key, value) => specRef(view, `${pointer}/${key}`, value));
      const words = lists.flatMap(list => list.words.map(word => ({word, list})));
      if (!words.some(({word}) => word.toLowerCase().includes('logmonitor'))) continue;
      const path = refusedPath(words, ({word}) => word);
      if (!path) continue;
      yield failSpec(workload, {
        cause: 'path after /Config',
        message: `Container ${container.name} gives LogMonitor /Config ${path.word}: 2.2 refuses a name with \\, /, : or .. and ends at once with exit code 0`,
        evidence: [path.list.ref],
        fix: [PATH_FIX],
      });
    }
  }
}

function imageArguments(image: ImageConfig): Outcome {
  const path = imageStartsLogMonitor(image) ? refusedPath(startWords(image), ({text}) => text) : undefined;
  if (!path) return pass(image.holder);
  return {
    status: 'fail',
    subject: subjectOf(image.holder),
    cause: 'path after /Config',
    message: `The image gives LogMonitor /Config ${path.text}: 2.2 refuses a name with \\, /, : or .. and ends at once with exit code 0`,
    evidence: [path.at],
    fix: [PATH_FIX],
  };
}

/** The word after `/Config` that 2.2 refuses. */
function refusedPath<T>(words: readonly T[], textOf: (word: T) => string): T | undefined {
  const at = words.findIndex(word => textOf(word).toLowerCase() === OPTION);
  const path = at < 0 ? undefined : words[at + 1];
  return path !== undefined && REFUSED.test(textOf(path)) ? path : undefined;
}

/** Words of what a container starts, with the place where they stand. */
interface Words {
  words: readonly string[];
  ref: Ref;
}

/** What a container starts: `command` takes the place of the image's entrypoint and of its arguments, `args` of its arguments. */
function startedBy(
  container: Container,
  starts: ImageStarts,
  at: (key: 'command' | 'args', value: readonly string[]) => Ref,
): Words[] {
  const {command = [], args = []} = container;
  const start = command.length > 0 ? undefined : starts.of(container);
  const {entrypoint, cmd} = start ?? {entrypoint: command, cmd: []};
  const last =
    start && args.length === 0
      ? {words: cmd, ref: start.at('Cmd', cmd)}
      : {words: args, ref: at('args', args)};
  return [{words: entrypoint, ref: start?.at('Entrypoint', entrypoint) ?? at('command', command)}, last];
}
