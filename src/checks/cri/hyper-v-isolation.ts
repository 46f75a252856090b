import {isHypervisorHandler} from '../../data/handlers.ts';
import {runtimeClassOf} from '../../kube/os.ts';
import {allSpecs} from '../../kube/workloads.ts';
import {defineCheck, failSpec, pass, ref, specRef} from '../define.ts';

export default defineCheck({
  id: 'CRI015',
  name: 'hyper-v-isolation',
  severity: 'warning',
  since: '0.1.0',
  title: 'Workloads ask for Hyper-V isolation',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['runtimeClasses', 'nodes'],
  docs: {
    what: 'Workloads whose RuntimeClass names a handler for Hyper-V isolation (`runhcs-wcow-hypervisor…`). A RuntimeClass that nothing uses, or that is not known, is not judged.',
    why: 'Kubernetes does not support Hyper-V isolation on Windows: few providers offer it, gMSA and HostProcess do not work, every pod needs memory for its own kernel, and nodes need nested virtualisation.',
    fix: [
      'Use process isolation: an image of the build of the nodes, and a RuntimeClass with handler `runhcs-wcow-process`.',
      'Where isolation is wanted on purpose, give the class `overhead`, and keep it to nodes with Hyper-V.',
    ],
    links: ['https://kubernetes.io/docs/concepts/windows/intro/#windows-os-version-support'],
  },
  *run({workloads, wants}) {
    for (const workload of workloads) {
      for (const view of allSpecs(workload)) {
        const runtimeClass = runtimeClassOf(view.spec, wants.runtimeClasses);
        if (!runtimeClass) continue;
        const {handler, metadata} = runtimeClass;
        if (!isHypervisorHandler(handler)) {
          yield pass(workload.owner);
          continue;
        }
        yield failSpec(workload, {
          cause: 'hypervisor-handler',
          message: `RuntimeClass ${metadata.name} runs the pods under Hyper-V (${handler}), which Kubernetes does not support on Windows`,
          evidence: [
            specRef(view, '/runtimeClassName', metadata.name),
            ref(runtimeClass, '/handler', handler),
          ],
        });
        break;
      }
    }
  },
});
