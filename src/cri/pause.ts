import {defaultPauseImage, pauseImageHasWincat} from '../data/pause-images.ts';
import {parseVersion} from '../kube/version.ts';
import type {CriStatus, CriVersion} from '../node/cri.ts';
import {imageNamed} from '../node/images.ts';
import type {NodeImage} from '../node/images.ts';
import type {Indexed} from '../node/items.ts';
import type {Sandbox} from '../node/sandboxes.ts';
import type {ContainerdConfig} from './config/read.ts';
import {compareText} from '../text/compare.ts';

/** What is known of a node's runtime, as its files are read. What is missing is left out. */
export interface PauseEvidence {
  version?: CriVersion;
  /** containerd 1.x says here which image it uses. */
  status?: CriStatus;
  images?: readonly Indexed<NodeImage>[];
  sandboxes?: readonly Sandbox[];
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
  /** Bytes. */
  size: number | null;
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
  const {images = [], sandboxes = []} = evidence;
  const ready = sandboxes.filter(isRunning);
  const seen = counted(ready.map(sandbox => sandbox.image));
  const configured = configuredImage(evidence, ready);
  if (!configured) return {configured: null, seen, image: null, disagreements: []};
  const idOf = (name: string) => imageNamed(images, name)?.id ?? name;
  return {
    configured,
    seen,
    image: evidence.images ? imageState(configured.image, evidence.images) : null,
    disagreements: otherImages(evidence.config, seen).filter(
      other => idOf(other.image) !== idOf(configured.image),
    ),
  };
}

type RunningSandbox = Sandbox & {image: string};

function isRunning(sandbox: Sandbox): sandbox is RunningSandbox {
  return sandbox.ready && sandbox.image !== undefined;
}

function configuredImage(
  {status, config, version, images = []}: PauseEvidence,
  ready: readonly RunningSandbox[],
): PauseReport['configured'] {
  if (status?.sandboxImage) return {image: status.sandboxImage.text, from: 'status'};
  if (config?.sandboxImage !== undefined) return {image: config.sandboxImage, from: 'config'};
  const runtime = parseVersion(version?.runtimeVersion);
  const byDefault = runtime && defaultPauseImage(runtime);
  const wasRead = config && config.problems.length === 0;
  if (wasRead && byDefault !== undefined) return {image: byDefault, from: 'default'};
  const newest = ready.toSorted((a, b) => compareText(b.createdAt ?? '', a.createdAt ?? ''))[0];
  if (newest) return {image: newest.image, from: 'sandbox'};
  const pinned = images
    .filter(image => image.pinned)
    .flatMap(image => image.repoTags)
    .filter(name => PAUSE_NAME.test(name));
  if (pinned.length === 1 && pinned[0] !== undefined) return {image: pinned[0], from: 'pinned'};
  return byDefault === undefined ? null : {image: byDefault, from: 'default'};
}

/** What providers and distributions call it: `pause`, `mirrored-pause`, `pause-windows`. */
const PAUSE_NAME = /\/(?:mirrored-)?pause(?:-windows)?(?:[:@]|$)/;

function otherImages(
  config: ContainerdConfig | undefined,
  seen: PauseReport['seen'],
): readonly PauseDisagreement[] {
  const others: PauseDisagreement[] = [];
  if (config?.sandboxImage !== undefined)
    others.push({where: 'config', subject: 'config.toml', image: config.sandboxImage});
  for (const {name, sandboxImage: image} of config?.runtimes ?? [])
    if (image !== undefined) others.push({where: 'handler', subject: name, image});
  for (const {image, sandboxes} of seen) others.push({where: 'sandbox', subject: String(sandboxes), image});
  return others;
}

function imageState(name: string, images: readonly Indexed<NodeImage>[]): PauseImageState {
  const image = imageNamed(images, name);
  return {
    present: image !== undefined,
    pinned: image?.pinned ?? false,
    osVersion: image?.osVersion ?? null,
    os: image?.os ?? null,
    size: image?.size ?? null,
    id: image?.id ?? null,
    repoDigests: image?.repoDigests ?? [],
    hasWincat: pauseImageHasWincat(name.replace(/^docker\.io\//, '')),
  };
}

function counted(names: readonly string[]): PauseReport['seen'] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([image, sandboxes]) => ({image, sandboxes}))
    .toSorted((a, b) => b.sandboxes - a.sandboxes || compareText(a.image, b.image));
}
