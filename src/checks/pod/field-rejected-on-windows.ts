import {osOf} from '../../kube/os.ts';
import {LINUX_FIELDS, knows} from '../../kube/windows-fields.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD001',
  name: 'field-rejected-on-windows',
  severity: 'error',
  since: '0.1.0',
  title: 'A field that the API server refuses in a Windows pod',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'version'],
  docs: {
    what:
      'Pod specifications with `spec.os.name: windows` are held against the list of fields that the API server then ' +
      'refuses: host namespaces other than the network, and everything of the security contexts that belongs to ' +
      'Linux (users and groups by number, capabilities, seccomp, AppArmor, SELinux, sysctls, fsGroup, privileged, ' +
      'read-only root file system). Most are refused even when they are set to false. A field that the given ' +
      'Kubernetes version does not know yet is left out, as its API server drops it unseen.',
    why:
      'The API server answers 422 to every pod of the workload: a Deployment of that template is refused at once, and ' +
      'one that reaches the cluster by a custom resource never gets a pod.',
    fix: [
      'Remove the field from the template; Windows has its own under `securityContext.windowsOptions`, for example ' +
        '`windowsOptions: {runAsUserName: ContainerUser}` in place of `runAsUser`.',
      'See what the server says without changing anything: `kubectl apply --dry-run=server -f FILE`.',
      'Where one chart serves both systems, set the field only for Linux, by its values or a template condition on the OS.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/workloads/pods/#pod-os',
      'https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers-securitycontext',
    ],
  },
  *run(input) {
    const version = input.wants.version.ok ? input.wants.version.value.gitVersion : undefined;
    const fields = LINUX_FIELDS.filter(field => knows(version, field));
    yield* judgeSpecs(input, {
      of: 'any',
      faults: context => (osOf(context.spec.os?.name) === 'windows' ? refused(context, fields) : []),
    });
  },
});

function refused({spec}: SpecContext, fields: typeof LINUX_FIELDS): SpecFault[] {
  return fields.flatMap(field => {
    const places = field.find(spec);
    if (places.length === 0) return [];
    const message = `\`${field.name}\` is set in a pod with \`os.name: windows\`, which the API server refuses`;
    return [{cause: field.name, message, places}];
  });
}
