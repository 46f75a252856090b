import {containersOf} from '../../kube/containers.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD003',
  name: 'numeric-user-on-windows',
  severity: 'warning',
  since: '0.1.0',
  title: 'A numeric user or group on Windows, and no user name',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Windows pods that set `runAsUser` or `runAsGroup`, for the pod or a container, where no `runAsUserName` says ' +
      'which Windows account is meant.',
    why:
      'Windows knows accounts by name and security identifier, not by number: the number is dropped, and the process ' +
      "runs as the image's own user, which for Server Core images is ContainerAdministrator.",
    fix: [
      'Name the account instead: `securityContext: {windowsOptions: {runAsUserName: ContainerUser}}`.',
      'Where the process really needs rights inside its container, say so: `runAsUserName: ContainerAdministrator`.',
      'Remove `runAsUser` and `runAsGroup` from the Windows template.',
    ],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/'],
  },
  *run(input) {
    // In `ci-build` the build system sets a numeric user by default, and steps may name their own.
    const severity = input.profile === 'ci-build' ? 'info' : 'warning';
    yield* judgeSpecs(input, {
      of: 'windows',
      faults: context => numericUsers(context).map(fault => ({...fault, severity})),
    });
  },
});

function numericUsers({spec}: SpecContext): SpecFault[] {
  const ofPod = spec.securityContext;
  const containers = containersOf(spec);
  const places: SpecFault['places'] = [];
  const named = ({container}: (typeof containers)[number]): boolean =>
    (container.securityContext?.windowsOptions?.runAsUserName ?? ofPod?.windowsOptions?.runAsUserName) !==
    undefined;
  for (const key of ['runAsUser', 'runAsGroup'] as const) {
    if (ofPod?.[key] !== undefined && !containers.every(named)) {
      places.push({pointer: `/securityContext/${key}`, value: ofPod[key]});
    }
    for (const placed of containers) {
      const value = placed.container.securityContext?.[key];
      if (value === undefined || named(placed)) continue;
      places.push({pointer: `${placed.pointer}/securityContext/${key}`, value});
    }
  }
  const [first] = places;
  if (!first) return [];
  const field = first.pointer.endsWith('runAsUser') ? 'runAsUser' : 'runAsGroup';
  const message = `\`${field}: ${String(first.value)}\` names no Windows user, and \`runAsUserName\` is not set`;
  return [{cause: 'numeric-user', message, places}];
}
