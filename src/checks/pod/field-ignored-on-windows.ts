import {osOf} from '../../kube/os.ts';
import {LINUX_FIELDS, knows} from '../../kube/windows-fields.ts';
import {defineCheck} from '../define.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD002',
  name: 'field-ignored-on-windows',
  severity: 'warning',
  since: '0.1.0',
  title: 'A Linux field has no effect on Windows',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'version'],
  docs: {
    what:
      'Pods that go to Windows without `spec.os.name: windows` are searched for the fields that the API server would ' +
      'refuse if they had it (POD001): host namespaces other than the network, and the Linux half of the security contexts.',
    why:
      'Nobody objects, and nothing happens: a container that was meant to run without privileges, read-only or as user ' +
      '1000 runs with none of it, and who reads the manifest believes otherwise. Some fields make the start fail.',
    fix: [
      'Remove the field, and say what the pod is for with `spec: {os: {name: windows}}`: then the API server checks it from now on.',
      'Use the Windows counterpart where there is one: `securityContext: {windowsOptions: {runAsUserName: ContainerUser}}` ' +
        'for a user without rights, a HostProcess container for what needed `privileged` or `hostPID`.',
      'Where a Pod Security level demands the field of this pod, `spec.os.name: windows` lifts that demand.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers-securitycontext',
      'https://kubernetes.io/docs/concepts/security/pod-security-standards/#os-specific-policy-controls',
    ],
  },
  *run(input) {
    const version = input.wants.version.ok ? input.wants.version.value.gitVersion : undefined;
    const fields = LINUX_FIELDS.filter(field => knows(version, field));
    yield* judgeSpecs(input, {
      of: 'windows',
      faults: ({spec}) =>
        // With `os.name: windows` the field is refused (POD001), with `linux` it is in its place.
        osOf(spec.os?.name)
          ? []
          : fields.flatMap(field => {
              const places = field.find(spec);
              const message = `\`${field.name}\` is set in a pod that goes to Windows, where it has no effect`;
              return places.length > 0 ? [{cause: field.name, message, places}] : [];
            }),
    });
  },
});
