import {fields, flag, list, text} from '../kube/shape.ts';
import type {Indexed} from './items.ts';
import {fieldOf, itemsOf, wholeNumber} from './items.ts';

/** An image that a node has (`cri/images.json`). */
export interface NodeImage {
  id: string;
  repoTags: string[];
  repoDigests: string[];
  /** Bytes. */
  size?: number;
  pinned: boolean;
  os?: string;
  /** `10.0.20348.2582`; empty or absent fits every build. */
  osVersion?: string;
  architecture?: string;
  /** What the image starts, without arguments but LogMonitor's own (`withoutArguments`). */
  entrypoint?: string[];
  cmd?: string[];
}

interface RawImage extends Omit<NodeImage, 'pinned' | 'entrypoint' | 'cmd'> {
  pinned?: boolean;
  info?: {imageSpec?: ImageSpec};
}

interface ImageSpec {
  os?: string;
  'os.version'?: string;
  architecture?: string;
  config?: {Entrypoint?: string[]; Cmd?: string[]};
}

const spec = fields<ImageSpec>({
  os: text,
  'os.version': text,
  architecture: text,
  config: fields({Entrypoint: list(text), Cmd: list(text)}),
});

const shape = fields<RawImage>(
  {
    id: text,
    repoTags: list(text),
    repoDigests: list(text),
    size: wholeNumber,
    pinned: flag,
    os: text,
    osVersion: text,
    architecture: text,
    info: fields({imageSpec: spec}),
  },
  {id: '', repoTags: [], repoDigests: []},
);

/** Reads `cri/images.json`. */
export function readImages(value: unknown): Indexed<NodeImage>[] {
  return itemsOf(fieldOf(value, 'images'), shape, image => image.id !== '').map(({info, ...image}) => {
    const {os, architecture, 'os.version': osVersion, config} = info?.imageSpec ?? {};
    return {
      ...image,
      pinned: image.pinned ?? false,
      ...(os !== undefined && {os}),
      ...(osVersion !== undefined && {osVersion}),
      ...(architecture !== undefined && {architecture}),
      ...(config?.Entrypoint && {entrypoint: config.Entrypoint}),
      ...(config?.Cmd && {cmd: config.Cmd}),
    };
  });
}

/** Finds an image by what a pod or a configuration calls it: tag, digest or id, with or without `docker.io/library`. */
export function imageNamed(
  images: readonly Indexed<NodeImage>[],
  name: string,
): Indexed<NodeImage> | undefined {
  const wanted = familiar(name);
  return images.find(
    image =>
      image.id === name ||
      image.id === `sha256:${name}` ||
      [...image.repoTags, ...image.repoDigests].some(known => familiar(known) === wanted),
  );
}

/** The one form of a name: containerd writes the registry and the tag that a short name leaves out. */
function familiar(name: string): string {
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const path = hasHost ? name : rest.length > 0 ? `docker.io/${name}` : `docker.io/library/${name}`;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.includes(':') || path.includes('@') ? path : `${path}:latest`;
}
