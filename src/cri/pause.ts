import {defaultPauseImage, pauseImageHasWincat} from '../data/pause-images.ts';
import {parseVersion} from '../kube/version.ts';
import {at, objectsAt, textAt, textsAt} from './json.ts';
import type {JsonObject} from './json.ts';
import type {ContainerdConfig} from './config/read.ts';
import {compareText} from '../text/compare.ts';

/** What is known of a node's runtime: files of `cri/` in their own form (CONTRACT §4.2). What is missing is left out. */
export interface PauseEvidence {
  /** `cri/version.json`. */
  version?: JsonObject;
  /** `cri/status.json`: containerd 1.x says here which image it uses. */
  status?: JsonObject;
  /** `cri/images.json`. */
  images?: JsonObject;
  /** `cri/sandboxes.json`. */
  sandboxes?: JsonObject;
  /** `cri/config.toml` with what it imports. */
  config?: ContainerdConfig;
}

/** How the configured image is known. `sandbox` is what the newest sandbox runs, `pinned` the only pause image that is pinned. */
export type PauseSource = 'status' | 'config' | 'sandbox' | 'pinned' | 'default';

/** A place that names another image than the configured one. */
export interface PauseDisagreement {
  /** `config`: config.toml, while the runtime itself says otherwise; `handler`: options of a runtime handler; `sandbox`: what sandboxes run. */
  where: 'config' | 'handler' | 'sandbox';
  /** The handler, or how many ready sandboxes. */
  subject: string;
  image: string;
}

/** The pause image of a node (`cri/pause.json`). */
export interface PauseReport {
  configured: {image: string; from: PauseSource} | null;
  /** Images of the sandboxes that are ready, the most used first. */
  seen: readonly {image: string; sandboxes: number}[];
  /** The configured image on the node; null where its images are not known. */
  image: PauseImageState | null;
  disagreements: readonly PauseDisagreement[];
}

export interface PauseImageState {
  present: boolean;
  pinned: boolean;
  /** `10.0.20348.2700`; null where the image is absent or states none. */
  osVersion: string | null;
  os: string | null;
  /** Bytes, as text. */
  size: string | null;
  id: string | null;
  repoDigests: readonly string[];
  /** Whether it holds wincat.exe, by its name; null is not known. */
  hasWincat: boolean | null;
}

/**
 * Works out the pause image. containerd 1.x says it in its status; 2.x does not, so that the configuration counts, then
 * what runs, then what is pinned, then containerd's default.
 */
export function pauseReport(evidence: PauseEvidence): PauseReport {
  const images = objectsAt(evidence.images, 'images');
  const ready = objectsAt(evidence.sandboxes, 'items')
    .filter(item => item['state'] === 'SANDBOX_READY')
    .map(item => ({image: sandboxImage(item), createdAt: textAt(item, 'createdAt') ?? ''}))
    .filter((item): item is {image: string; createdAt: string} => item.image !== undefined);
  const seen = counted(ready.map(item => item.image));
  const configured = configuredImage(evidence, images, ready);
  if (!configured) return {configured: null, seen, image: null, disagreements: []};
  const same = (image: string) => identity(image, images) === identity(configured.image, images);
  return {
    configured,
    seen,
    image: evidence.images ? imageState(configured.image, images) : null,
    disagreements: otherImages(evidence.config, seen).filter(other => !same(other.image)),
  };
}

function configuredImage(
  {status, config, version}: PauseEvidence,
  images: readonly JsonObject[],
  ready: readonly {image: string; createdAt: string}[],
): PauseReport['configured'] {
  const said = textAt(status, 'config', 'sandboxImage');
  if (said !== undefined) return {image: said, from: 'status'};
  if (config?.sandboxImage !== undefined) return {image: config.sandboxImage, from: 'config'};
  const runtime = parseVersion(textAt(version, 'runtimeVersion'));
  const byDefault = runtime && defaultPauseImage(runtime);
  const wasRead = config && config.problems.length === 0;
  if (wasRead && byDefault !== undefined) return {image: byDefault, from: 'default'};
  // Nanoseconds of the same length order as text.
  const newest = ready.toSorted((a, b) => compareText(b.createdAt, a.createdAt))[0];
  if (newest) return {image: newest.image, from: 'sandbox'};
  const pinned = images
    .filter(image => image['pinned'] === true)
    .flatMap(image => textsAt(image, 'repoTags'))
    .filter(name => /\/(?:mirrored-)?pause(?:-windows)?(?:[:@]|$)/.test(name));
  if (pinned.length === 1 && pinned[0] !== undefined) return {image: pinned[0], from: 'pinned'};
  return byDefault === undefined ? null : {image: byDefault, from: 'default'};
}

/** What a sandbox was started from: containerd writes it into `info`, and into the annotations of what it starts. */
function sandboxImage(item: JsonObject): string | undefined {
  return (
    textAt(item, 'info', 'image') ??
    textAt(item, 'info', 'runtimeSpec', 'annotations', 'io.kubernetes.cri.podsandbox.image-name') ??
    textAt(item, 'info', 'runtimeSpec', 'annotations', 'io.kubernetes.cri-o.ImageName')
  );
}

function otherImages(
  config: ContainerdConfig | undefined,
  seen: PauseReport['seen'],
): readonly PauseDisagreement[] {
  const inConfig = config?.sandboxImage;
  return [
    ...(inConfig === undefined ? [] : [{where: 'config' as const, subject: 'config.toml', image: inConfig}]),
    ...(config?.runtimes ?? []).flatMap(({name, sandboxImage: image}) =>
      image === undefined ? [] : [{where: 'handler' as const, subject: name, image}],
    ),
    ...seen.map(({image, sandboxes}) => ({where: 'sandbox' as const, subject: String(sandboxes), image})),
  ];
}

function imageState(name: string, images: readonly JsonObject[]): PauseImageState {
  const image = findImage(name, images);
  return {
    present: image !== undefined,
    pinned: image?.['pinned'] === true,
    osVersion: textAt(image, 'info', 'imageSpec', 'os.version') ?? null,
    os: textAt(image, 'info', 'imageSpec', 'os') ?? null,
    size: sizeOf(image),
    id: textAt(image, 'id') ?? null,
    repoDigests: textsAt(image, 'repoDigests'),
    hasWincat: pauseImageHasWincat(fullName(name)),
  };
}

function sizeOf(image: JsonObject | undefined): string | null {
  const size = at(image, 'size');
  return typeof size === 'string' || typeof size === 'number' ? String(size) : null;
}

/** Two names of one image are the same: by its id where it is on the node. */
function identity(name: string, images: readonly JsonObject[]): string {
  return textAt(findImage(name, images), 'id') ?? fullName(name);
}

function findImage(name: string, images: readonly JsonObject[]): JsonObject | undefined {
  const full = fullName(name);
  return images.find(
    image =>
      image['id'] === name ||
      [...textsAt(image, 'repoTags'), ...textsAt(image, 'repoDigests')].some(
        known => fullName(known) === full,
      ),
  );
}

/** The name as containerd keeps it: with registry and tag (https://github.com/distribution/reference/blob/main/normalize.go). */
function fullName(name: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(name)) return name;
  const [first = ''] = name.split('/', 1);
  const hasHost = name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const path = name.includes('/') ? name : `library/${name}`;
  const hosted = hasHost ? name : `docker.io/${path}`;
  const last = hosted.slice(hosted.lastIndexOf('/') + 1);
  return /[:@]/.test(last) ? hosted : `${hosted}:latest`;
}

function counted(names: readonly string[]): PauseReport['seen'] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([image, sandboxes]) => ({image, sandboxes}))
    .toSorted((a, b) => b.sandboxes - a.sandboxes || compareText(a.image, b.image));
}
