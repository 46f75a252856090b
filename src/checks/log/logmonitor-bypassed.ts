import {isWindowsWorkload, osJudge} from '../../kube/os.ts';
import {containersOf} from '../../kube/containers.ts';
import type {Container} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {allSpecs} from '../../kube/workloads.ts';
import {startsLogMonitor} from '../../cri/arguments.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, skip, specRef, unknown} from '../define.ts';
import type {ImageStart} from './shared/images.ts';
import {ImageStarts} from './shared/images.ts';

const PROGRAM = 'logmonitor';
/** The folder that LogMonitor reads its configuration from unless `/Config` says otherwise. */
const FOLDER = /^(?:c:)?[\\/]+logmonitor(?:[\\/]|$)/i;
/** A script may start LogMonitor itself, and nothing outside the image says whether it does. */
const SCRIPT = /\.(?:ps1|cmd|bat)\b/i;

export default defineCheck({
  id: 'LOG006',
  name: 'logmonitor-bypassed',
  severity: 'warning',
  since: '0.1.0',
  title: 'The command of a pod takes the place of LogMonitor',
  evidence: ['A', 'M', 'N'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'node.cri.images'],
  docs: {
    what: 'Looks at Windows containers that show LogMonitor by a mount into `C:\\LogMonitor`, by the name of their image or, where an agent sees it, by its entrypoint, and fails where `command` is set and neither it nor `args` names LogMonitor. In Kubernetes `command` replaces the ENTRYPOINT of the image, and there LogMonitor stands. Where `command` runs a script, only its log can tell.',
    why: 'LogMonitor never starts, so event logs, ETW and log files of the container stay inside it, and `kubectl logs` shows little or nothing.',
    fix: [
      'Give the program as `args` only, so that the entrypoint of the image stays.',
      'Or begin `command` with it: `["C:\\\\LogMonitor\\\\LogMonitor.exe", "C:\\\\app\\\\app.exe"]`.',
    ],
    links: [
      'https://github.com/microsoft/windows-container-tools/tree/main/LogMonitor',
      'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
    ],
  },
  *run({workloads, wants}) {
    const judge = osJudge(wants);
    const starts = new ImageStarts(wants['node.cri.images']);
    for (const workload of workloads) {
      if (isWindowsWorkload(workload, judge)) yield* judgeWorkload(workload, starts);
    }
  },
});

function* judgeWorkload(workload: Workload, starts: ImageStarts): Generator<Outcome> {
  const outcomes = new Map<string, Outcome>();
  let shown = false;
  for (const view of allSpecs(workload)) {
    for (const {container, pointer, init} of containersOf(view.spec)) {
      const start = init ? undefined : starts.of(container);
      const inImage = start?.entrypoint.some(startsLogMonitor) ? start : undefined;
      if (init || (!inImage && !showsLogMonitor(container))) continue;
      shown = true;
      const outcome = judgeContainer(workload, {view, container, pointer, inImage});
      if (outcome) outcomes.set(container.name, outcome);
    }
  }
  if (outcomes.size > 0) yield* outcomes.values();
  else if (shown) yield pass(workload.owner);
  else yield skip('nothing in the specification shows LogMonitor');
}

function judgeContainer(
  workload: Workload,
  {
    view,
    container,
    pointer,
    inImage,
  }: {view: SpecView; container: Container; pointer: string; inImage: ImageStart | undefined},
): Outcome | undefined {
  const {command = [], args = [], name} = container;
  const words = [...command, ...args];
  if (command.length === 0 || words.some(w => w.toLowerCase().includes(PROGRAM))) return undefined;
  if (words.some(w => SCRIPT.test(w))) {
    return unknown(
      workload.owner,
      'pod.logs',
      missing('not-requested', `container ${name} runs a script, which may start LogMonitor itself`),
    );
  }
  return failSpec(workload, {
    cause: 'command without LogMonitor',
    message: `Container ${name} has LogMonitor${inImage ? ' as the entrypoint of its image' : ''}, but its command is ${command[0] ?? ''}, which runs in the place of the entrypoint`,
    evidence: [
      specRef(view, `${pointer}/command`, command),
      ...(inImage ? [inImage.at('Entrypoint', inImage.entrypoint)] : []),
    ],
  });
}

function showsLogMonitor({image, volumeMounts}: Container): boolean {
  const byMount = volumeMounts?.some(m => FOLDER.test(m.mountPath)) ?? false;
  return byMount || (image?.toLowerCase().includes(PROGRAM) ?? false);
}
