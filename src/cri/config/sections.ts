import {at, isObject, objectAt, textAt} from '../json.ts';
import type {JsonObject} from '../json.ts';

/**
 * What of one file of containerd's configuration is about pods, in the form of version 3. Where it stands by version:
 * https://github.com/containerd/containerd/blob/main/docs/cri/config.md.
 */
export interface Sections {
  /** `io.containerd.cri.v1.images`. */
  images: JsonObject;
  /** `io.containerd.cri.v1.runtime`. */
  runtime: JsonObject;
}

/** Versions of the configuration that exist; a file that names none is of version 1. */
export const CONFIG_VERSIONS: readonly number[] = [1, 2, 3, 4];

const IMAGES = 'io.containerd.cri.v1.images';
const RUNTIME = 'io.containerd.cri.v1.runtime';
const BEFORE_2 = 'io.containerd.grpc.v1.cri';

/** Takes the sections out of a parsed file. What a version does not know is not read, as containerd does not read it. */
export function sectionsOf(document: JsonObject, version: number): Sections {
  const plugins = objectAt(document, 'plugins');
  const own = {images: objectAt(plugins, IMAGES), runtime: objectAt(plugins, RUNTIME)};
  if (version >= 3) return own;
  const before = at(plugins, BEFORE_2) ?? (version === 1 ? at(plugins, 'cri') : undefined);
  return isObject(before) ? migrated(before) : own;
}

/** The one section of versions 1 and 2, taken apart as containerd 2.x does. */
function migrated(cri: JsonObject): Sections {
  const {sandbox_image: sandbox, cni, containerd, ...rest} = cri;
  const binDir = textAt(cni, 'bin_dir');
  const {default_runtime: defaultRuntime, snapshotter, ...engine} = isObject(containerd) ? containerd : {};
  const runtimes = objectAt(engine, 'runtimes');
  // The older spelling of what became the handler `default`; a dumped configuration has it empty.
  const hasDefault = textAt(defaultRuntime, 'runtime_type') !== undefined;
  return {
    images: {
      ...(typeof sandbox === 'string' && {pinned_images: {sandbox}}),
      ...(snapshotter !== undefined && {snapshotter}),
      ...('registry' in rest && {registry: rest['registry']}),
    },
    runtime: {
      containerd: {...engine, runtimes: {...(hasDefault && {default: defaultRuntime}), ...runtimes}},
      cni: {...(isObject(cni) ? cni : {}), ...(binDir !== undefined && {bin_dirs: [binDir]})},
    },
  };
}

/** Lays a later file over earlier ones: tables are merged, everything else is replaced. */
export function mergeDeep(to: JsonObject, from: JsonObject): JsonObject {
  const merged: Record<string, unknown> = {...to};
  for (const [key, value] of Object.entries(from)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    merged[key] = isObject(before) && isObject(value) ? mergeDeep(before, value) : value;
  }
  return merged;
}
