import type {Container, PodSpec, Volume} from './types.ts';

/** A container with its place in the spec: `/initContainers/0`. */
export interface PlacedContainer {
  container: Container;
  pointer: string;
  init: boolean;
}

/** All containers of a pod, in the order in which they start. */
export function containersOf(spec: PodSpec): PlacedContainer[] {
  return [
    ...placed(spec.initContainers, 'initContainers', true),
    ...placed(spec.containers, 'containers', false),
  ];
}

function placed(containers: Container[] | undefined, field: string, init: boolean): PlacedContainer[] {
  return (containers ?? []).map((container, i) => ({container, pointer: `/${field}/${i}`, init}));
}

/** Whether any container of the pod is a HostProcess container; containers may override the pod. */
export function isHostProcess(spec: PodSpec): boolean {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  return containersOf(spec).some(
    ({container}) => (container.securityContext?.windowsOptions?.hostProcess ?? ofPod) === true,
  );
}

/** A container's name in a sentence: `container "web"`, `init container "setup"`. */
export function naming({container, init}: PlacedContainer): string {
  return `${init ? 'init container' : 'container'} "${container.name}"`;
}

/** Containers of a spec that run as HostProcess containers, and those that do not. */
export function splitByHostProcess(spec: PodSpec): {host: PlacedContainer[]; own: PlacedContainer[]} {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  const split: {host: PlacedContainer[]; own: PlacedContainer[]} = {host: [], own: []};
  for (const placed of containersOf(spec)) {
    const host = placed.container.securityContext?.windowsOptions?.hostProcess ?? ofPod;
    split[host === true ? 'host' : 'own'].push(placed);
  }
  return split;
}

/** Volumes with their places. */
export function volumesOf(spec: PodSpec): {volume: Volume; pointer: string}[] {
  return (spec.volumes ?? []).map((volume, i) => ({volume, pointer: `/volumes/${i}`}));
}

/** A Windows named pipe as a hostPath: `\\.\pipe\csi-proxy-disk-v1`, with either slash. */
export function isPipePath(path: string): boolean {
  return path.replaceAll('/', '\\').toLowerCase().startsWith('\\\\.\\pipe\\');
}

/** The words of a container's command line, each with its pointer. */
export function commandWords(placed: PlacedContainer): {text: string; pointer: string}[] {
  const {container, pointer} = placed;
  return [
    ...(container.command ?? []).map((text, i) => ({text, pointer: `${pointer}/command/${i}`})),
    ...(container.args ?? []).map((text, i) => ({text, pointer: `${pointer}/args/${i}`})),
  ];
}

/** Commands that the kubelet runs inside a container: exec probes and lifecycle hooks. */
export function hooksOf({
  container,
  pointer,
}: PlacedContainer): {name: string; command: string[]; pointer: string}[] {
  const hooks = [
    {name: 'liveness probe', handler: container.livenessProbe, at: 'livenessProbe'},
    {name: 'readiness probe', handler: container.readinessProbe, at: 'readinessProbe'},
    {name: 'startup probe', handler: container.startupProbe, at: 'startupProbe'},
    {name: 'postStart hook', handler: container.lifecycle?.postStart, at: 'lifecycle/postStart'},
    {name: 'preStop hook', handler: container.lifecycle?.preStop, at: 'lifecycle/preStop'},
  ];
  return hooks.flatMap(({name, handler, at}) => {
    const command = handler?.exec?.command;
    return command ? [{name, command, pointer: `${pointer}/${at}/exec/command`}] : [];
  });
}
