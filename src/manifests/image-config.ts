import {isRecord} from '../kube/shape.ts';
import type {KubeObject, Origin} from '../kube/types.ts';

/** What an image is made to start, by its configuration among `lint`'s input. */
export interface ImageConfig {
  /** A stand-in for the image: its first tag, or the file. */
  holder: KubeObject;
  /** Where its `config` stands. */
  pointer: string;
  entrypoint: readonly string[];
  cmd: readonly string[];
  /** What `RUN`, and `ENTRYPOINT` in shell form, are run by; Docker keeps it, OCI does not. */
  shell: readonly string[];
  /** The steps that made it, where the configuration tells. */
  history: readonly string[];
}

interface Found {
  pointer: string;
  /** Configuration of the image in the sense of OCI, or what Docker makes of it. */
  config: Record<string, unknown>;
  os: unknown;
  name?: unknown;
  history?: unknown;
}

/**
 * Reads what `docker image inspect`, `crane config`, `skopeo inspect --config` and `crictl inspecti` print, and a blob of that kind
 * itself (https://github.com/opencontainers/image-spec/blob/main/config.md). `others`: the systems of images that are not for
 * Windows. Undefined where it is none of these.
 */
export function readImageConfigs(
  value: unknown,
  origin: Origin,
): {images: ImageConfig[]; others: string[]} | undefined {
  const found = Array.isArray(value)
    ? value.map((item, index) => findConfig(item, `/${index}`))
    : [findConfig(value, '')];
  const known = found.filter(one => one !== undefined);
  if (known.length === 0 || known.length < found.length) return undefined;
  return {
    images: known.filter(isForWindows).map(one => imageOf(one, origin)),
    others: known.filter(one => !isForWindows(one)).map(({os}) => String(os)),
  };
}

function isForWindows({os}: Found): boolean {
  return String(os).toLowerCase() === 'windows';
}

function findConfig(value: unknown, at: string): Found | undefined {
  if (!isRecord(value) || value['kind'] !== undefined) return undefined;
  const {Config, Os, RepoTags, config, os, rootfs, info, status, history} = value;
  if (isRecord(Config) && typeof Os === 'string')
    return {pointer: `${at}/Config`, config: Config, os: Os, name: first(RepoTags)};
  if (isRecord(rootfs) && typeof os === 'string') {
    const inner = isRecord(config) ? config : {};
    return {pointer: `${at}/config`, config: inner, os, history};
  }
  const spec = isRecord(info) ? info['imageSpec'] : undefined;
  if (!isRecord(spec) || typeof spec['os'] !== 'string') return undefined;
  return {
    pointer: `${at}/info/imageSpec/config`,
    config: isRecord(spec['config']) ? spec['config'] : {},
    os: spec['os'],
    name: isRecord(status) ? first(status['repoTags']) : undefined,
    history: spec['history'],
  };
}

function imageOf({pointer, config, name, history}: Found, origin: Origin): ImageConfig {
  const steps = Array.isArray(history) ? history : [];
  return {
    holder: {
      apiVersion: '',
      kind: 'Image',
      metadata: {name: typeof name === 'string' ? name : origin.file},
      origin,
    },
    pointer,
    entrypoint: texts(config['Entrypoint']),
    cmd: texts(config['Cmd']),
    shell: texts(config['Shell']),
    history: steps.flatMap(step => (isRecord(step) ? texts([step['created_by']]) : [])),
  };
}

function first(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
}
