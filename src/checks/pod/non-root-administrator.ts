import {privilegedAccount} from '../../kube/windows-user.ts';
import type {Container, PodSpec} from '../../kube/types.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import type {PlacedContainer} from '../../kube/containers.ts';
import {naming, splitByHostProcess} from '../../kube/containers.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

/**
 * Images of Windows' own families that name no user and so run as ContainerAdministrator; Nano Server names ContainerUser.
 * https://github.com/kubernetes/kubernetes/issues/112469
 */
const ADMINISTRATOR_IMAGE =
  /mcr\.microsoft\.com\/(windows\/(servercore|server)(\/|:|$)|windows:|dotnet\/framework\/)|[:/-]windowsservercore/i;

export default defineCheck({
  id: 'POD005',
  name: 'non-root-administrator',
  severity: 'error',
  since: '0.1.0',
  title: '`runAsNonRoot`, yet an administrator runs the container',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Windows containers for which `runAsNonRoot: true` holds (a container overrides its pod) while their user is ' +
      'ContainerAdministrator or SYSTEM, by `runAsUserName` or, where none is given, because the image is one of the ' +
      'Server Core family, which has no other default. HostProcess containers are judged by POD007.',
    why:
      'With `runAsUserName: ContainerAdministrator` the kubelet refuses to start the container ' +
      '(CreateContainerConfigError, "will break non-root policy"). An image that names no user, and SYSTEM, it does not ' +
      'recognise: then the container starts and runs with every right, against what the manifest promises.',
    fix: [
      'Name an account without rights: `securityContext: {runAsNonRoot: true, windowsOptions: {runAsUserName: ContainerUser}}`.',
      'Build the image with `USER ContainerUser`, or on Nano Server, where that is the default.',
      'Where the process needs administrator rights in its container (IIS does), take `runAsNonRoot` away from it.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/configure-runasusername/',
      'https://github.com/kubernetes/kubernetes/issues/112469',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'windows', faults: administrators});
  },
});

function administrators({spec}: SpecContext): SpecFault[] {
  return splitByHostProcess(spec).own.flatMap(placed => {
    const promise = promiseOf(spec, placed);
    return promise ? faultOf(spec, placed, promise) : [];
  });
}

/** Where `runAsNonRoot: true` stands that holds for a container. */
function promiseOf(
  spec: PodSpec,
  {container, pointer}: PlacedContainer,
): SpecFault['places'][number] | undefined {
  const own = container.securityContext?.runAsNonRoot;
  if (own !== undefined)
    return own ? {pointer: `${pointer}/securityContext/runAsNonRoot`, value: true} : undefined;
  return spec.securityContext?.runAsNonRoot
    ? {pointer: '/securityContext/runAsNonRoot', value: true}
    : undefined;
}

function faultOf(spec: PodSpec, placed: PlacedContainer, promise: SpecFault['places'][number]): SpecFault[] {
  const {container, pointer} = placed;
  const ofPod = spec.securityContext?.windowsOptions?.runAsUserName;
  const own = container.securityContext?.windowsOptions?.runAsUserName;
  const user = own ?? ofPod;
  const at = `${own === undefined ? '' : pointer}/securityContext/windowsOptions/runAsUserName`;
  const kind = user === undefined ? undefined : privilegedAccount(user);
  if (user !== undefined && kind) {
    const message =
      kind === 'administrator'
        ? `${naming(placed)} runs as ${user} under \`runAsNonRoot\`, which the kubelet refuses to start`
        : `${naming(placed)} runs as ${user} although \`runAsNonRoot\` promises otherwise; the kubelet does not notice`;
    return [{cause: kind, message, places: [promise, {pointer: at, value: user}]}];
  }
  if (user !== undefined || !defaultsToAdministrator(container)) return [];
  const message = `${naming(placed)} has no \`runAsUserName\`, and image ${container.image ?? ''} runs as ContainerAdministrator by default`;
  return [
    {
      cause: 'image-default',
      message,
      places: [promise, {pointer: `${pointer}/image`, value: container.image}],
    },
  ];
}

function defaultsToAdministrator({image}: Container): boolean {
  return image !== undefined && ADMINISTRATOR_IMAGE.test(image);
}
