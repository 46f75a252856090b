import {containersOf} from '../../kube/containers.ts';
import {userNameFault} from '../../kube/windows-user.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

/** As much of a stranger's text as a sentence bears. */
const MAX_SHOWN = 60;

export default defineCheck({
  id: 'POD004',
  name: 'user-name-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows user name that breaks the rules',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Every `windowsOptions.runAsUserName`, of the pod and of each container: it is `USER` or `DOMAIN\\USER`, not ' +
      'empty, without control characters, with one backslash at most; the domain is a NetBIOS name of up to 15 ' +
      'characters or a DNS name under 256 bytes; the user has up to 104 bytes, is more than dots and spaces, and holds ' +
      'none of `" / \\ : ; | = , + * ? < > @ [ ]`.',
    why: 'The API server refuses the pod, so the workload never gets one.',
    fix: [
      'Use one of the accounts that every Windows image has: `runAsUserName: ContainerUser` or `runAsUserName: ContainerAdministrator`.',
      "Write a domain account with one backslash, in single quotes, so that YAML leaves it alone: `runAsUserName: 'CONTOSO\\svc-web'`.",
      'A user principal name (`svc-web@contoso.com`) is not accepted: write `CONTOSO\\svc-web`.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/#windows-username-limitations',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'any', faults: invalidNames});
  },
});

function invalidNames({spec}: SpecContext): SpecFault[] {
  const names = [
    {at: '', options: spec.securityContext?.windowsOptions},
    ...containersOf(spec).map(c => ({at: c.pointer, options: c.container.securityContext?.windowsOptions})),
  ];
  return names.flatMap(({at, options}) => {
    const name = options?.runAsUserName;
    const fault = name === undefined ? undefined : userNameFault(name);
    if (name === undefined || fault === undefined) return [];
    const pointer = `${at}/securityContext/windowsOptions/runAsUserName`;
    const shown = JSON.stringify(name.length > MAX_SHOWN ? `${name.slice(0, MAX_SHOWN)}…` : name);
    const message = `\`runAsUserName\` ${shown} is refused by the API server: ${fault}`;
    return [{cause: fault, message, places: [{pointer, value: name}]}];
  });
}
