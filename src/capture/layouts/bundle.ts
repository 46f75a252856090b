import {SECOND_API, SECOND_LOOK} from '../../bundle/second-look.ts';
import {RESOURCES} from '../../kube/resources.ts';
import type {ResourceKey} from '../../kube/resources.ts';
import type {Missing} from '../../snapshot/evidence.ts';
import {missing} from '../../snapshot/evidence.ts';
import {gapsByNamespace, names, wholeNamespaces} from '../gaps.ts';
import {isReadFile} from '../../node/files.ts';
import {PROBES_FILE} from '../../probes/file.ts';
import {nodeFileOf} from '../../node/paths.ts';
import type {FirstPlace, Layout, Place} from '../layout.ts';
import {folderOf} from '../layout.ts';
import type {BundleManifest} from '../manifest.ts';
import {reasonOf} from '../manifest.ts';
import type {Reading} from '../reading.ts';
import {clusterResourcesPlace} from './cluster-resources.ts';

const title = 'the bundle';
const MANIFEST = 'kubectl-win/manifest.json';

/** Files that are neither of the API nor of nodes. */
const OWN: ReadonlyMap<string, Place> = new Map([
  [MANIFEST, {role: 'manifest'}],
  [PROBES_FILE, {role: 'probes'}],
]);

/**
 * Our own bundle. Its manifest says what is missing and lists every file, so a kind without a file and without a word of
 * the manifest has no objects. Without a readable manifest it is read as a troubleshoot bundle.
 */
export const bundle: Layout = {
  id: 'kubectl-win',
  title,
  root: paths => folderOf(paths, MANIFEST),
  place: path => OWN.get(path) ?? secondPlace(path) ?? firstPlace(path),
  gaps: reading =>
    reading.manifest
      ? declaredGaps(reading, reading.manifest)
      : gapsByNamespace(reading, title, wholeNamespaces(reading)),
};

function firstPlace(path: string): FirstPlace | undefined {
  return nodePlace(path) ?? clusterResourcesPlace(path);
}

/** What a second look found stands beside the first: of nodes in `windows/confirm/`, of the API in `kubectl-win/confirm/`. */
function secondPlace(path: string): Place | undefined {
  if (path === SECOND_LOOK) return {role: 'second'};
  const api = path.startsWith(SECOND_API) ? path.slice(SECOND_API.length) : undefined;
  const place = firstPlace(api ?? path.replace(SECOND_OF_NODE, '$1'));
  return place && (api !== undefined || SECOND_OF_NODE.test(path)) ? {role: 'second', place} : undefined;
}

const SECOND_OF_NODE = /^(host-collectors\/[^/]+\/windows\/)confirm\//;

/** Files of nodes that something is made of: captures are large, and the others are not even unpacked. */
function nodePlace(path: string): FirstPlace | undefined {
  const found = nodeFileOf(path);
  return found && isReadFile(found.file) ? {role: 'node', ...found} : undefined;
}

function* declaredGaps(reading: Reading, manifest: BundleManifest): Generator<[ResourceKey, Missing]> {
  const declared = new Map(manifest.missing.map(gap => [gap.what, gap]));
  const lost = lostFiles(reading, manifest);
  for (const {key} of RESOURCES) {
    const gap = declared.get(key);
    if (gap) yield [key, missing(reasonOf(gap), gap.detail)];
    const failed = reading.kinds.get(key)?.failed.values().next().value;
    if (failed) yield [key, failed];
    const files = lost.get(key);
    if (files) yield [key, missing('failed', `files that the manifest lists are not there: ${names(files)}`)];
  }
}

/** Files of API objects that the manifest lists and the capture has not. */
function lostFiles(reading: Reading, manifest: BundleManifest): Map<ResourceKey, string[]> {
  const there = new Set(reading.paths);
  const lost = new Map<ResourceKey, string[]>();
  for (const {path} of manifest.files) {
    if (there.has(path)) continue;
    const place = clusterResourcesPlace(path);
    if (place?.role !== 'objects' || place.key === undefined) continue;
    lost.set(place.key, [...(lost.get(place.key) ?? []), path]);
  }
  return lost;
}
