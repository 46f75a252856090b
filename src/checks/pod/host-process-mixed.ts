import {containersOf, naming, splitByHostProcess} from '../../kube/containers.ts';
import type {PodSpec} from '../../kube/types.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import type {PlacedContainer} from '../../kube/containers.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

const FIELD = '/securityContext/windowsOptions/hostProcess';

export default defineCheck({
  id: 'POD007',
  name: 'host-process-mixed',
  severity: 'error',
  since: '0.1.0',
  title: 'A HostProcess pod that breaks the rules for one',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Pods with a HostProcess container (`windowsOptions.hostProcess: true`, set for the pod or a container): all their ' +
      'containers, init containers too, must be HostProcess containers, pod and container must not contradict each ' +
      'other, `hostNetwork` must be true, and `runAsNonRoot` must not be.',
    why:
      'The API server refuses the pod for each of the first three. `runAsNonRoot` it lets pass: then the kubelet refuses ' +
      'it for ContainerAdministrator, and for SYSTEM the promise is simply not kept, as the container runs on the node itself.',
    fix: [
      'Set it once for the whole pod: `spec: {hostNetwork: true, securityContext: {windowsOptions: {hostProcess: true, ' +
        "runAsUserName: 'NT AUTHORITY\\SYSTEM'}}}`, and take `hostProcess` out of the containers.",
      'Move containers that must not run on the host to a pod of their own.',
      'Exclude the workload from sidecar injection where a mesh adds a container to it.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/#hostprocess-pod-configuration-requirements',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'any', faults: hostProcessFaults});
  },
});

function hostProcessFaults({spec}: SpecContext): SpecFault[] {
  const {host, own} = splitByHostProcess(spec);
  const contradictions = contradicting(spec);
  const [first] = host;
  if (!first) return contradictions;
  const declared = declarationOf(first);
  const faults = [...contradictions];
  const [other] = own;
  if (other) {
    const message = `${naming(first)} is a HostProcess container and ${naming(other)} is not: a pod has only one kind`;
    faults.push({
      cause: 'mixed',
      message,
      places: [declared, {pointer: `${other.pointer}/name`, value: other.container.name}],
    });
  }
  if (spec.hostNetwork !== true) {
    const message = `${naming(first)} is a HostProcess container, but \`hostNetwork\` is not true`;
    faults.push({cause: 'host-network-missing', message, places: [declared]});
  }
  return [...faults, ...nonRoot(spec, host)];
}

function contradicting(spec: PodSpec): SpecFault[] {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  if (ofPod === undefined) return [];
  const places = containersOf(spec).flatMap(({container, pointer}) => {
    const value = container.securityContext?.windowsOptions?.hostProcess;
    return value !== undefined && value !== ofPod ? [{pointer: pointer + FIELD, value}] : [];
  });
  if (places.length === 0) return [];
  const message = `\`hostProcess\` is ${String(ofPod)} for the pod and ${String(!ofPod)} for a container of it: they must agree`;
  return [{cause: 'contradiction', message, places: [{pointer: FIELD, value: ofPod}, ...places]}];
}

function nonRoot(spec: PodSpec, host: PlacedContainer[]): SpecFault[] {
  const bound = host.find(
    ({container}) => (container.securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) === true,
  );
  if (!bound) return [];
  const own = bound.container.securityContext?.runAsNonRoot !== undefined;
  const pointer = `${own ? bound.pointer : ''}/securityContext/runAsNonRoot`;
  const message = `${naming(bound)} runs on the host itself, and \`runAsNonRoot: true\` forbids that`;
  return [{cause: 'non-root', message, places: [{pointer, value: true}]}];
}

function declarationOf({container, pointer}: PlacedContainer): SpecFault['places'][number] {
  const own = container.securityContext?.windowsOptions?.hostProcess;
  return {pointer: (own === undefined ? '' : pointer) + FIELD, value: true};
}
