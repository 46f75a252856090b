import type {Check} from '../define.ts';
import containerDiskFull from './container-disk-full.ts';
import configInvalid from './config-invalid.ts';
import containerOrphaned from './container-orphaned.ts';
import containerdEndOfLife from './containerd-end-of-life.ts';
import containerdLogDiscarded from './containerd-log-discarded.ts';
import containerdUnsupported from './containerd-unsupported.ts';
import dockerRuntime from './docker-runtime.ts';
import hyperVIsolation from './hyper-v-isolation.ts';
import imageFilesystemFull from './image-filesystem-full.ts';
import layerStoreCorrupt from './layer-store-corrupt.ts';
import runtimeDeprecations from './runtime-deprecations.ts';
import runtimeHandlerMissing from './runtime-handler-missing.ts';
import runtimeNetworkNotReady from './runtime-network-not-ready.ts';
import runtimeUnreachable from './runtime-unreachable.ts';
import sandboxStuck from './sandbox-stuck.ts';
import snapshotsOrphaned from './snapshots-orphaned.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  runtimeUnreachable,
  runtimeNetworkNotReady,
  containerdUnsupported,
  containerdEndOfLife,
  sandboxStuck,
  containerOrphaned,
  runtimeHandlerMissing,
  configInvalid,
  layerStoreCorrupt,
  imageFilesystemFull,
  snapshotsOrphaned,
  dockerRuntime,
  runtimeDeprecations,
  containerdLogDiscarded,
  hyperVIsolation,
  containerDiskFull,
];
