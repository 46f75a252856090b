import {defineCheck, pass, skip, subjectOf} from '../define.ts';
import {LOGMONITOR_LINK} from './shared/config-faults.ts';
import {imageStartsLogMonitor, startRef, startWords} from './shared/image-configs.ts';

/** Programs that start a Windows service, or are one, and print nothing of what it logs. */
const SERVICES = new Set(['servicemonitor.exe', 'servicemonitor', 'w3wp.exe']);

export default defineCheck({
  id: 'LOG009',
  name: 'image-service-unlogged',
  severity: 'info',
  since: '0.1.0',
  title: 'An image runs a Windows service without LogMonitor',
  evidence: ['M'],
  needs: ['imageConfigs'],
  docs: {
    what: 'Looks at configurations of Windows images (`docker image inspect`, `crane config`, `crictl inspecti`) that start ServiceMonitor or IIS, and fails where LogMonitor does not stand before it.',
    why: 'Windows services write to the Event Log and to files inside the container: `kubectl logs` will show nothing of either.',
    fix: [
      'Put LogMonitor before it: `ENTRYPOINT ["C:\\\\LogMonitor\\\\LogMonitor.exe", "C:\\\\ServiceMonitor.exe", "w3svc"]`.',
      'Or let a log collector on the node read the files from a volume.',
    ],
    links: [LOGMONITOR_LINK],
  },
  *run({imageConfigs}) {
    for (const image of imageConfigs) {
      const service = startWords(image).find(({text}) => SERVICES.has(programOf(text)));
      if (!service) yield skip('the image starts no Windows service');
      else if (imageStartsLogMonitor(image)) yield pass(image.holder);
      else {
        yield {
          status: 'fail',
          subject: subjectOf(image.holder),
          cause: 'service without LogMonitor',
          message: `The image starts ${programOf(service.text)} without LogMonitor: what the service logs stays in the container`,
          evidence: [startRef(image)],
        };
      }
    }
  },
});

function programOf(word: string): string {
  return word.slice(Math.max(word.lastIndexOf('\\'), word.lastIndexOf('/')) + 1).toLowerCase();
}
