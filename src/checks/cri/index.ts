import type {Check} from '../define.ts';
import containerdEndOfLife from './containerd-end-of-life.ts';
import containerdUnsupported from './containerd-unsupported.ts';
import dockerRuntime from './docker-runtime.ts';
import hyperVIsolation from './hyper-v-isolation.ts';
import imageFilesystemFull from './image-filesystem-full.ts';
import runtimeHandlerMissing from './runtime-handler-missing.ts';
import runtimeNetworkNotReady from './runtime-network-not-ready.ts';
import runtimeUnreachable from './runtime-unreachable.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  runtimeUnreachable,
  runtimeNetworkNotReady,
  containerdUnsupported,
  containerdEndOfLife,
  runtimeHandlerMissing,
  imageFilesystemFull,
  dockerRuntime,
  hyperVIsolation,
];
