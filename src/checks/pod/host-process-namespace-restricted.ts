import {isHostProcess} from '../../kube/containers.ts';
import type {Namespace} from '../../kube/types.ts';
import {allSpecs} from '../../kube/workloads.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, ref, skip, specRef} from '../define.ts';

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces */
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const ENFORCE_POINTER = '/metadata/labels/pod-security.kubernetes.io~1enforce';

export default defineCheck({
  id: 'POD008',
  name: 'host-process-namespace-restricted',
  severity: 'error',
  since: '0.1.0',
  title: "The namespace's Pod Security level forbids HostProcess pods",
  evidence: ['A'],
  needs: ['workloads', 'namespaces'],
  docs: {
    what:
      'Workloads with HostProcess containers whose namespace enforces the Pod Security level `baseline` or ' +
      '`restricted` by its label. Both forbid `windowsOptions.hostProcess`. Exemptions in the configuration of the API ' +
      'server cannot be seen from outside.',
    why:
      'The API server answers 403 to every new pod. Pods from before the label go on running, so it shows late: when a ' +
      'node joins, or the first pod has to be replaced.',
    fix: [
      'See who else would be concerned: `kubectl get pods -n NAMESPACE`; a namespace for node agents only is best.',
      'Move the workload to a namespace for privileged node agents.',
      'Lift the level there: `kubectl label namespace NAMESPACE pod-security.kubernetes.io/enforce=privileged --overwrite`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/#before-you-begin',
    ],
  },
  *run({workloads, namespaces}) {
    const byName = new Map(namespaces.map(n => [n.metadata.name, n]));
    for (const workload of workloads) {
      const view = allSpecs(workload).find(v => isHostProcess(v.spec));
      if (!view) yield skip('no HostProcess container');
      else yield judge(workload, view, byName.get(workload.owner.metadata.namespace ?? 'default'));
    }
  },
});

type Args = Parameters<typeof allSpecs>;

function judge(
  workload: Args[0],
  view: ReturnType<typeof allSpecs>[number],
  namespace: Namespace | undefined,
): Outcome {
  const level = namespace?.metadata.labels?.[ENFORCE];
  if (!namespace || (level !== 'baseline' && level !== 'restricted')) return pass(workload.owner);
  const pointer = view.spec.securityContext?.windowsOptions?.hostProcess
    ? '/securityContext/windowsOptions/hostProcess'
    : '/containers';
  return failSpec(workload, {
    cause: level,
    message: `namespace ${namespace.metadata.name} enforces Pod Security level ${level}, which forbids HostProcess containers`,
    evidence: [ref(namespace, ENFORCE_POINTER, level), specRef(view, pointer)],
    fix: [
      'Move the workload to a namespace for privileged node agents.',
      `Or lift the level: \`kubectl label namespace ${namespace.metadata.name} ${ENFORCE}=privileged --overwrite\`.`,
    ],
  });
}
