import {imageRunsOn} from '../data/builds.ts';
import {buildOfImage} from '../data/image-tags.ts';
import {containersOf} from '../kube/containers.ts';
import {windowsBuild} from '../kube/os.ts';
import type {Node} from '../kube/types.ts';
import {valueOn} from '../node/on-node.ts';
import type {PauseState} from '../node/pause.ts';
import {compareText} from '../text/compare.ts';
import type {EvidenceKey, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Listing} from './list.ts';
import {windowsNodesOf} from './list.ts';
import {bytes} from './table.ts';

/** An image on Windows nodes: one row for each name and `os.version`. What could not be seen is null. */
export interface ImageItem {
  image: string;
  /** `10.0.20348.2582`; null where only the node's list of images was seen, or the image states none. */
  osVersion: string | null;
  /** Bytes. */
  size: number | null;
  pinned: boolean | null;
  /** How it is known to be the pause image of nodes: `status`, `config`, `sandbox`, `pinned`, `default`; null where it is none. */
  pause: string | null;
  nodes: string[];
  /** Whether it runs on the builds of all these nodes under process isolation. */
  fits: boolean | null;
  /** `runtime`: asked of containerd; `kubelet`: its 50 largest images. */
  from: 'runtime' | 'kubelet';
}

const KEYS: readonly EvidenceKey[] = ['nodes', 'pods', 'node.cri.images', 'node.cri.pause'];

/** Lists the images of Windows nodes. */
export const IMAGE_LISTING: Listing<ImageItem> = {
  kind: 'ImageList',
  keys: KEYS,
  items(snapshot) {
    const rows = new Map<string, ImageItem>();
    for (const node of windowsNodesOf(snapshot)) {
      for (const found of imagesOn(node, snapshot)) add(rows, node, found);
    }
    return [...rows.values()].sort(
      (a, b) =>
        Number(b.pause !== null) - Number(a.pause !== null) ||
        compareText(a.image, b.image) ||
        compareText(a.osVersion ?? '', b.osVersion ?? ''),
    );
  },
  columns: [
    {title: 'IMAGE', cell: i => i.image},
    {title: 'OS VERSION', cell: i => i.osVersion ?? ''},
    {title: 'SIZE', cell: i => bytes(i.size)},
    {title: 'PINNED', cell: i => (i.pinned === null ? '' : i.pinned ? 'yes' : 'no')},
    {title: 'PAUSE', cell: i => i.pause ?? ''},
    {title: 'NODES', cell: i => String(i.nodes.length)},
    {title: 'FITS', cell: i => (i.fits === null ? '' : i.fits ? 'yes' : 'NO')},
    {title: 'FROM', wide: true, cell: i => i.from},
    {title: 'ON', wide: true, cell: i => namesOf(i.nodes)},
  ],
};

/** Keeps the images that the pods of the Snapshot name: for `-n` and `-l`. */
export function usedImages(snapshot: Snapshot, items: readonly ImageItem[]): ImageItem[] {
  const pods = evidenceOf(snapshot, 'pods');
  const used = new Set(
    (pods.ok ? pods.value : []).flatMap(pod => containersOf(pod.spec).map(c => c.container.image ?? '')),
  );
  return items.filter(i => used.has(i.image));
}

type Found = Omit<ImageItem, 'nodes'>;

function imagesOn(node: Node, snapshot: Snapshot): Found[] {
  const {name} = node.metadata;
  const host = windowsBuild(node)?.build;
  const pause = valueOn(evidenceOf(snapshot, 'node.cri.pause'), name);
  const own = valueOn(evidenceOf(snapshot, 'node.cri.images'), name);
  if (own) {
    return own.map(({id, repoTags, repoDigests, size, pinned, osVersion}) => {
      const image = repoTags[0] ?? repoDigests[0] ?? id;
      return {
        image,
        osVersion: osVersion || null,
        size: size ?? null,
        pinned,
        pause: pauseMark(pause, [...repoTags, ...repoDigests]),
        fits: fits(osVersion, image, host),
        from: 'runtime' as const,
      };
    });
  }
  return (node.status.images ?? []).flatMap(({names = [], sizeBytes}) => {
    const image = names.find(n => !n.includes('@')) ?? names[0];
    if (image === undefined) return [];
    return [
      {
        image,
        osVersion: null,
        size: sizeBytes ?? null,
        pinned: null,
        pause: pauseMark(pause, names),
        fits: fits(undefined, image, host),
        from: 'kubelet' as const,
      },
    ];
  });
}

function pauseMark(pause: PauseState | undefined, names: readonly string[]): string | null {
  const configured = pause?.configured;
  return configured && names.includes(configured.image) ? configured.from : null;
}

/** By what was pulled, else by what the tag states; an image without a build fits every node. */
function fits(osVersion: string | undefined, image: string, host: number | undefined): boolean | null {
  const pulled = Number(osVersion?.split('.')[2]);
  const build = Number.isInteger(pulled) ? pulled : buildOfImage(image);
  return build === undefined || host === undefined ? null : imageRunsOn(build, host);
}

function add(rows: Map<string, ImageItem>, {metadata: {name}}: Node, found: Found): void {
  const key = `${found.image}\0${found.osVersion ?? ''}\0${found.from}`;
  const row = rows.get(key);
  if (!row) {
    rows.set(key, {...found, nodes: [name]});
    return;
  }
  row.nodes.push(name);
  row.pause ??= found.pause;
  if (found.pinned === false) row.pinned = false;
  if (found.fits !== null) row.fits = (row.fits ?? true) && found.fits;
}

const MAX_NAMES = 3;

function namesOf(nodes: readonly string[]): string {
  const more = nodes.length - MAX_NAMES;
  return nodes.slice(0, MAX_NAMES).join(',') + (more > 0 ? `,+${more}` : '');
}
