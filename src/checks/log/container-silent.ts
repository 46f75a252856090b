import type {Container} from '../../kube/types.ts';
import {millis} from '../../snapshot/time.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, pass, ref, skip} from '../define.ts';
import {LOGMONITOR_LINK} from './shared/config-faults.ts';
import type {SeenLog} from './shared/logs.ts';
import {eachLog, failLog, isOfLogMonitor} from './shared/logs.ts';

/** Images whose program is a Windows service or runs in one: IIS, and .NET Framework in IIS (https://mcr.microsoft.com). */
const SERVICE_IMAGE = /(?:^|[/:_.-])(?:iis|w3svc|aspnet|wcf)(?:[/:_.-]|$)/i;
const DOTNET_CORE = /dotnet\/(?:core\/)?(?:aspnet|nightly)/i;
const SERVICE_MONITOR = 'servicemonitor';
/** A program that has said nothing for so long has nothing to say. */
const SILENT_MS = 5 * 60_000;

export default defineCheck({
  id: 'LOG001',
  name: 'container-silent',
  severity: 'info',
  since: '0.1.0',
  title: 'A Windows service in a container prints no log',
  evidence: ['A', 'L'],
  needs: ['pod.logs'],
  wants: ['workloads', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'Looks at containers that run a Windows service (images of IIS and ASP.NET, ServiceMonitor as their program) for five minutes or longer, and fails where their log holds nothing but what ServiceMonitor says of itself.',
    why: 'Windows services write to the Event Log and to files inside the container. `kubectl logs` shows nothing of either, so nobody sees why a request fails.',
    fix: [
      'Add LogMonitor to the image: `ENTRYPOINT ["C:\\\\LogMonitor\\\\LogMonitor.exe", "C:\\\\ServiceMonitor.exe", "w3svc"]`.',
      'Or let a log collector on the node read the files from a volume.',
    ],
    links: [
      LOGMONITOR_LINK,
      'https://learn.microsoft.com/virtualization/windowscontainers/troubleshooting#finding-logs',
    ],
  },
  *run(input) {
    yield* eachLog(input, seen => judge(seen, input.now));
  },
});

function* judge(seen: SeenLog, now: number): Generator<Outcome> {
  const {placed, summary, status, previous, pod} = seen;
  const {container, pointer} = placed;
  if (previous || !(isService(container) || summary.hasServiceMonitor)) {
    yield skip('the container runs no Windows service');
    return;
  }
  const started = millis(status?.state?.running?.startedAt);
  if (started === undefined || now - started < SILENT_MS) {
    yield skip('the container does not run, or has only begun to');
    return;
  }
  if (summary.spoken > 0 || isOfLogMonitor(summary)) {
    yield pass(pod);
    return;
  }
  const said = summary.records === 0 ? 'nothing' : `nothing but ${summary.records} lines of ServiceMonitor`;
  yield failLog(seen, {
    cause: 'no log output',
    message: `Container ${container.name} (${container.image ?? 'no image'}) has printed ${said} in ${minutes(now - started)} minutes`,
    evidence: [seen.at({records: summary.records}), ref(pod, `/spec${pointer}/image`, container.image)],
  });
}

function isService({image = '', command = [], args = []}: Container): boolean {
  const words = [...command, ...args];
  if (words.length > 0) return words.some(word => word.toLowerCase().includes(SERVICE_MONITOR));
  return SERVICE_IMAGE.test(image) && !DOTNET_CORE.test(image);
}

function minutes(ms: number): number {
  return Math.floor(ms / 60_000);
}
