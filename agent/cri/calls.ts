import {rpc} from './schema.ts';
import type {Rpc} from './schema.ts';

const RUNTIME = 'runtime.v1.RuntimeService';
const IMAGES = 'runtime.v1.ImageService';

/** A call that is looked up when it is first used: an agent that asks no runtime builds no schema. */
function lazy(service: string, name: string): () => Rpc {
  let found: Rpc | undefined;
  return () => (found ??= rpc(service, name));
}

/** Every call that the agent makes: all of them read. */
export const CALLS = {
  version: lazy(RUNTIME, 'Version'),
  status: lazy(RUNTIME, 'Status'),
  runtimeConfig: lazy(RUNTIME, 'RuntimeConfig'),
  listPodSandbox: lazy(RUNTIME, 'ListPodSandbox'),
  podSandboxStatus: lazy(RUNTIME, 'PodSandboxStatus'),
  listContainers: lazy(RUNTIME, 'ListContainers'),
  containerStatus: lazy(RUNTIME, 'ContainerStatus'),
  listContainerStats: lazy(RUNTIME, 'ListContainerStats'),
  listImages: lazy(IMAGES, 'ListImages'),
  imageStatus: lazy(IMAGES, 'ImageStatus'),
  imageFsInfo: lazy(IMAGES, 'ImageFsInfo'),
  listSnapshots: lazy('containerd.services.snapshots.v1.Snapshots', 'List'),
  listOwnContainers: lazy('containerd.services.containers.v1.Containers', 'List'),
} as const;
