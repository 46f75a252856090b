import type {ResourceKey} from '../kube/resources.ts';
import type {AgentOs} from '../protocol/names.ts';
import type {Missing} from '../snapshot/evidence.ts';
import type {Reading} from './reading.ts';

/** Every layout that is told apart (CONTRACT §3); `bundle inspect` prints these names. */
export type LayoutId =
  | 'kubectl-win'
  | 'troubleshoot'
  | 'cluster-info-dump'
  | 'must-gather'
  | 'objects'
  | 'ms-collectlogs'
  | 'aks-windows-logs'
  | 'eks-windows-logs';

/** What a file of a layout holds. */
export type Place =
  /** Objects; of this kind where the path says so, and of this namespace. */
  | {role: 'objects'; key?: ResourceKey; namespace?: string}
  /** Why objects of a kind could not be read, by namespace or as a whole. */
  | {role: 'errors'; key: ResourceKey}
  /** `GET /version`, by itself or inside `info`. */
  | {role: 'version'}
  /**
   * A file that an agent collected; `file` counts from the node's folder. `oem`: `cmd` may have written it. `read` makes of what another
   * tool wrote what an agent would have sent; undefined where nothing of it is in it.
   */
  | {
      role: 'node';
      node: string;
      os: AgentOs;
      file: string;
      oem?: true;
      read?: (text: string) => string | undefined;
    }
  /** The log of a container; `container` is missing where a file has those of all containers of a pod. */
  | {role: 'log'; namespace: string; pod: string; container?: string; previous: boolean}
  /** Connections that were tried, and what came of them. */
  | {role: 'probes'}
  /** Our own list of what a bundle holds and lacks. */
  | {role: 'manifest'}
  /** When it was gathered, as Go prints a time. */
  | {role: 'timestamp'}
  /** What a second look found (`--confirm`), for what its own place says; without one, when it was taken. */
  | {role: 'second'; place?: FirstPlace};

/** A place of the first look. */
export type FirstPlace = Extract<Place, {role: 'objects' | 'errors' | 'version' | 'node' | 'log'}>;

/** A way to lay out what was collected of a cluster. */
export interface Layout {
  readonly id: LayoutId;
  /** As messages call it, with its article: `a must-gather`. */
  readonly title: string;
  /** Folder in which it begins (`''` or ending in `/`); undefined where the paths are of another layout. */
  root(paths: readonly string[]): string | undefined;
  /** What a file holds; undefined where it holds nothing that is read. `path` counts from the root. */
  place(path: string): Place | undefined;
  /** It holds what nodes tell of themselves and no API objects: a node is then known by its files alone. */
  readonly nodesAlone?: true;
  /** What of each kind is missing, once all files were read. */
  gaps(reading: Reading): Iterable<[ResourceKey, Missing]>;
}

/** Of a log so much is read: what LogMonitor says of its start, and far more than tools put into captures by default. */
export const MAX_LOG_BYTES = 16 * 1024 * 1024;

/** Files that a layout needs, with what each holds, by whole path. */
export function placesOf(layout: Layout, root: string, paths: readonly string[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const path of paths) {
    const place = path.startsWith(root)
      ? layout.place(path.slice(root.length))
      : placeAbove(layout, root, path);
    if (place) places.set(path, place);
  }
  return places;
}

/** `oc adm must-gather` writes its timestamp above the folder of each image. */
function placeAbove(layout: Layout, root: string, path: string): Place | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (!root.startsWith(folder)) return undefined;
  const place = layout.place(path.slice(folder.length));
  return place?.role === 'timestamp' ? place : undefined;
}

/**
 * The folder above a marker: of all paths that hold `marker` as whole names, the part before it in the shortest path.
 * Archives have a top directory, a must-gather two.
 */
export function folderOf(paths: readonly string[], marker: string): string | undefined {
  let best: string | undefined;
  for (const path of paths) {
    const at = `/${path}`.indexOf(`/${marker}`);
    if (at < 0) continue;
    const folder = path.slice(0, at);
    if (folder.split('/').length - 1 > MAX_NESTING) continue;
    if (best === undefined || folder.length < best.length) best = folder;
  }
  return best;
}

/** Folders around a layout: more than an archive in a directory in a directory has not been seen. */
const MAX_NESTING = 3;
