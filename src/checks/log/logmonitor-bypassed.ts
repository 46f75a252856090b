import {isWindowsWorkload, osJudge} from '../../kube/os.ts';
import {containersOf} from '../../kube/containers.ts';
import type {Container} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {allSpecs} from '../../kube/workloads.ts';
import {startsLogMonitor} from '../../cri/arguments.ts';
import type {ImageConfig} from '../../manifests/image-config.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, ref, skip, specRef, subjectOf, unknown} from '../define.ts';
import type {ImageStart} from './shared/images.ts';
import {imageStartsLogMonitor, startRef, startWords} from './shared/image-configs.ts';
import {ImageStarts} from './shared/images.ts';

const PROGRAM = 'logmonitor';
/** The folder that LogMonitor reads its configuration from unless `/Config` says otherwise. */
const FOLDER = /^(?:c:)?[\\/]+logmonitor(?:[\\/]|$)/i;
/** The same in a step that made an image. */
const FOLDER_NAME = /[\\/]logmonitor\b/i;
/** A script may start LogMonitor itself, and nothing outside the image says whether it does. */
const SCRIPT = /\.(?:ps1|cmd|bat)\b/i;

export default defineCheck({
  id: 'LOG006',
  name: 'logmonitor-bypassed',
  severity: 'warning',
  since: '0.1.0',
  title: 'LogMonitor is there, and something else starts in its place',
  evidence: ['A', 'M', 'N'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'node.cri.images', 'imageConfigs'],
  docs: {
    what: 'Looks at Windows containers that show LogMonitor by a mount into `C:\\LogMonitor`, by the name of their image or, where an agent sees it, by its entrypoint, and fails where `command` is set and neither it nor `args` names LogMonitor. In Kubernetes `command` replaces the ENTRYPOINT of the image, and there LogMonitor stands. Where `command` runs a script, only its log can tell. Of an image itself, as `docker image inspect`, `crane config` or `crictl inspecti` print it, it looks for a `SHELL` with LogMonitor that an `ENTRYPOINT` in exec form passes by, and for a LogMonitor that was copied in and that nothing starts.',
    why: 'LogMonitor never starts, so event logs, ETW and log files of the container stay inside it, and `kubectl logs` shows little or nothing.',
    fix: [
      'Give the program as `args` only, so that the entrypoint of the image stays.',
      'Or begin `command`, or the ENTRYPOINT, with it: `["C:\\\\LogMonitor\\\\LogMonitor.exe", "C:\\\\app\\\\app.exe"]`.',
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
    if (wants.imageConfigs.ok) yield* wants.imageConfigs.value.map(judgeImage);
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

function judgeImage(image: ImageConfig): Outcome {
  const {holder, pointer, shell, history} = image;
  if (imageStartsLogMonitor(image)) return pass(holder);
  const words = startWords(image);
  if (words.some(({text}) => SCRIPT.test(text)))
    return skip('the image starts a script, which may start LogMonitor itself');
  const program = words[0]?.text ?? 'nothing';
  const byShell = startsLogMonitor(shell);
  const step = history.findIndex(text => FOLDER_NAME.test(text));
  if (!byShell && step < 0) return skip('nothing in the image shows LogMonitor');
  return {
    status: 'fail',
    subject: subjectOf(holder),
    cause: byShell ? 'exec form passes SHELL by' : 'LogMonitor is not started',
    message: byShell
      ? `The SHELL of the image is LogMonitor, but it starts ${program} in exec form, which passes SHELL by`
      : `LogMonitor was put into the image, but it starts ${program}`,
    evidence: [startRef(image), ...(byShell ? [ref(holder, `${pointer}/Shell`, shell)] : [])],
  };
}

function showsLogMonitor({image, volumeMounts}: Container): boolean {
  const byMount = volumeMounts?.some(m => FOLDER.test(m.mountPath)) ?? false;
  return byMount || (image?.toLowerCase().includes(PROGRAM) ?? false);
}
