import {containersOf, hooksOf, naming} from '../../kube/containers.ts';
import {defineCheck} from '../define.ts';
import type {SpecFault} from './shared/spec-faults.ts';
import type {PlacedContainer} from '../../kube/containers.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

/** A path of a Linux file system at the start of a word; `/C` and the like are switches of cmd. */
const LINUX_PATH = /(?:^|[\s"'=<>(])(\/(?:tmp|etc|var|usr|opt|home|root|run|proc|sys|mnt|srv)\/[^\s"')]*)/;

export default defineCheck({
  id: 'POD014',
  name: 'linux-probe-or-lifecycle-path',
  severity: 'info',
  since: '0.1.0',
  title: 'A Linux path in a probe or hook of a Windows container',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Exec probes and lifecycle hooks of Windows containers whose arguments name a path such as /tmp/ready or ' +
      '/etc/app.conf. A program of a Linux path or a Unix shell is POD011.',
    why:
      'Windows reads `/tmp/ready` as `\\tmp\\ready` on the current drive: it may even work, or look at another file than ' +
      'the application writes. `cmd` takes a word that starts with a slash for a switch.',
    fix: [
      "Write the path as the application sees it on Windows: `command: ['cmd', '/C', 'type C:\\app\\ready']`.",
      'Prefer `httpGet` or `tcpSocket` probes.',
    ],
    links: ['https://kubernetes.io/docs/concepts/windows/intro/#compatibility-linux-similarities'],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'windows', faults: ({spec}) => containersOf(spec).flatMap(linuxPaths)});
  },
});

function linuxPaths(placed: PlacedContainer): SpecFault[] {
  return hooksOf(placed).flatMap(({name, command, pointer}) => {
    // The program itself is for POD011.
    const index = command.findIndex((word, i) => i > 0 && LINUX_PATH.test(word));
    const word = command[index];
    if (word === undefined) return [];
    const path = LINUX_PATH.exec(word)?.[1] ?? word;
    const message = `the ${name} of ${naming(placed)} names the Linux path ${path}`;
    return [{cause: name, message, places: [{pointer: `${pointer}/${index}`, value: word}]}];
  });
}
