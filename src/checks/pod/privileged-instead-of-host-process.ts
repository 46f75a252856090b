import {containersOf, naming} from '../../kube/containers.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD012',
  name: 'privileged-instead-of-host-process',
  severity: 'error',
  since: '0.1.0',
  title: 'A privileged container on Windows',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Windows containers with `securityContext.privileged: true`.',
    why:
      'Windows has no privileged containers. With `spec.os.name: windows` the API server refuses the pod; without it the ' +
      'container starts as an ordinary one, and whatever needed the node fails inside. Docker in Docker does not exist there at all.',
    fix: [
      'Remove `privileged: true` where the program does not touch the node.',
      "Where it does, make the pod a HostProcess pod: `hostNetwork: true` and `securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'}}`.",
      'Build images outside Windows pods: buildah in a Linux stage, or a build service.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
      'https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers-securitycontext',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'windows', faults: privileged});
  },
});

function privileged({spec}: SpecContext): SpecFault[] {
  const found = containersOf(spec).filter(p => p.container.securityContext?.privileged === true);
  const [first] = found;
  if (!first) return [];
  const message = `${naming(first)} is privileged, which Windows does not have: it would have to be a HostProcess container`;
  const places = found.map(p => ({pointer: `${p.pointer}/securityContext/privileged`, value: true}));
  return [{cause: 'privileged', message, places}];
}
