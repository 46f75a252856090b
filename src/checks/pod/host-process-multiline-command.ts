import {defineCheck} from '../define.ts';
import type {SpecFault} from './shared/spec-faults.ts';
import type {PlacedContainer} from '../../kube/containers.ts';
import {commandWords, naming, splitByHostProcess} from '../../kube/containers.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

/** Longest line that cmd.exe takes: https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation */
const MAX_COMMAND_LINE = 8191;

export default defineCheck({
  id: 'POD017',
  name: 'host-process-multiline-command',
  severity: 'warning',
  since: '0.1.0',
  title: 'A HostProcess command that `cmd /c` cuts off',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'HostProcess containers with a line break in `command` or `args`, or with a command line of more than 8,191 characters.',
    why:
      'From containerd 1.7 on, a HostProcess command runs as `cmd /c LINE`. cmd stops at the first line break, so of a ' +
      'script only its first line runs (often a comment): the container ends with exit code 0, is started again, and ' +
      'nothing says why. A line that is too long is not run at all.',
    fix: [
      "Put the script into a ConfigMap, mount it, and start the file: `command: ['powershell', '-File', 'C:\\scripts\\run.ps1']`.",
      'Or build it into the image and start it with `%CONTAINER_SANDBOX_MOUNT_POINT%\\run.ps1`.',
      'A short script may stand in one line, its statements separated by `;`.',
    ],
    links: ['https://github.com/containerd/containerd/issues/9942'],
  },
  *run(input) {
    yield* judgeSpecs(input, {
      of: 'any',
      faults: ({spec}) => splitByHostProcess(spec).host.flatMap(cutOff),
    });
  },
});

function cutOff(placed: PlacedContainer): SpecFault[] {
  const all = commandWords(placed);
  const broken = all.find(({text}) => /[\r\n]/.test(text.trimEnd()));
  if (broken) {
    const lines = broken.text.trimEnd().split(/\r?\n/).length;
    const message = `${naming(placed)} has a command of ${lines} lines, and a HostProcess container runs only the first`;
    return [
      {cause: 'line-break', message, places: [{pointer: broken.pointer, value: broken.text.slice(0, 200)}]},
    ];
  }
  const length = all.reduce((sum, {text}) => sum + text.length + 1, -1);
  const [first] = all;
  if (!first || length <= MAX_COMMAND_LINE) return [];
  const message = `${naming(placed)} has a command line of ${length} characters, and cmd takes ${MAX_COMMAND_LINE}`;
  return [{cause: 'too-long', message, places: [{pointer: first.pointer}]}];
}
