import {containersOf, hooksOf, naming} from '../../kube/containers.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import type {PlacedContainer} from '../../kube/containers.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

/** Programs of a Unix shell, and paths that only Linux starts programs from. */
const LINUX_PROGRAM = /^(\/(usr\/|usr\/local\/)?s?bin\/\S+|(ba|da|a|z|k)?sh)$/;

export default defineCheck({
  id: 'POD011',
  name: 'linux-command',
  severity: 'warning',
  since: '0.1.0',
  title: 'A Linux command in a Windows container',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Windows containers whose `command` (or, where there is none, whose `args`), exec probe or lifecycle hook starts a ' +
      'program under /bin, /usr/bin or /sbin, or a Unix shell by name (`sh -c`, `bash`).',
    why:
      'Windows images have no such program: the container ends at once with "The system cannot find the file specified" ' +
      '(CrashLoopBackOff), a probe never succeeds, and a preStop hook fails without a word.',
    fix: [
      "Start the program itself: `command: ['C:\\app\\server.exe']`.",
      "Where a shell is needed: `command: ['cmd', '/S', '/C', '…']` or `command: ['powershell', '-NoProfile', '-Command', '…']` " +
        '(Nano Server has cmd only, or pwsh).',
      'Prefer `httpGet` or `tcpSocket` probes: they need no program inside the image.',
    ],
    links: ['https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/'],
  },
  *run(input) {
    yield* judgeSpecs(input, {
      of: 'windows',
      faults: ({spec}: SpecContext) => containersOf(spec).flatMap(linuxStarts),
    });
  },
});

function linuxStarts(placed: PlacedContainer): SpecFault[] {
  const {container, pointer} = placed;
  const start = container.command?.length
    ? {name: 'command', command: container.command, pointer: `${pointer}/command`}
    : {name: 'args', command: container.args ?? [], pointer: `${pointer}/args`};
  return [start, ...hooksOf(placed)].flatMap(({name, command, pointer: at}) => {
    const [program] = command;
    if (program === undefined || !LINUX_PROGRAM.test(program)) return [];
    const message = `the ${name} of ${naming(placed)} starts \`${program}\`, which a Windows image does not have`;
    return [{cause: name, message, places: [{pointer: `${at}/0`, value: program}]}];
  });
}
