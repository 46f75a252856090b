import {RESOURCES} from '../kube/resources.ts';
import {collected, missing} from '../snapshot/evidence.ts';
import {NodeRounds} from '../node/rounds.ts';
import type {NodeVisitor} from '../node/visitor.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {millis, rfc3339} from '../snapshot/time.ts';
import type {CaptureFile, CaptureFiles, TakePiece} from './files.ts';
import {UnrecognizedCapture} from './files.ts';
import {names} from './gaps.ts';
import {Intake} from './intake.ts';
import type {Layout, LayoutId, Place} from './layout.ts';
import {MAX_LOG_BYTES, placesOf} from './layout.ts';
import {reasonOf} from './manifest.ts';
import {CapturedNodes} from './nodes.ts';
import {timeInName} from './moment.ts';
import {recognize} from './recognize.ts';

/** How a capture is to be judged. */
export interface LoadOptions {
  /** The moment to judge at; by default the one at which it was collected. */
  now?: string;
  /** When it was collected, if nothing in it tells. */
  fallbackTime: string;
  /** Takes each node as soon as its files are read; what it lets go of is not in the Snapshot. */
  visitor?: NodeVisitor;
}

/** A capture as a Snapshot. */
export interface LoadedCapture {
  snapshot: Snapshot;
  layout: LayoutId;
  /** What could not be read or was left out: one sentence each. */
  notes: readonly string[];
}

/** Reads a capture of any layout. Throws `UnrecognizedCapture` where nothing in it is of any. */
export async function loadCapture(files: CaptureFiles, options: LoadOptions): Promise<LoadedCapture> {
  const listed = files.list();
  const paths = listed.map(f => f.path);
  const {layout, root} = recognize(paths);
  const places = placesOf(layout, root, paths);
  const intake = new Intake();
  const {visitor} = options;
  // Nodes are visited once all that is not theirs is known: what lies first in an archive is read first otherwise.
  const apart = visitor !== undefined && files.damage === undefined;
  const isFirst = ([, place]: readonly [string, Place]): boolean => !apart || place.role !== 'node';
  const atMost = (path: string): number | undefined =>
    places.get(path)?.role === 'log' ? MAX_LOG_BYTES : undefined;
  const first = new Set([...places].filter(isFirst).map(([path]) => path));
  const into = (path: string): TakePiece | undefined => {
    const place = places.get(path);
    return place?.role === 'log' ? intake.logs.begin(place) : undefined;
  };
  for await (const content of files.read(first, {atMost, into})) {
    const place = places.get(content.path);
    if (place) intake.take(content, place);
  }
  if (layout.id === 'objects' && intake.isEmpty) throw unrecognized(files, paths, intake);
  const found = {paths: paths.map(p => p.slice(root.length)), damage: files.damage};
  fillGaps(intake, layout, found);
  if (layout.nodesAlone) addNodes(intake, places.values());
  const collectedAt = timeOf(intake, files.name, listed) ?? options.fallbackTime;
  const api = intake.assembler.build(
    {kind: 'capture', name: files.name, collectedAt},
    options.now ?? collectedAt,
  );
  const nodes = new CapturedNodes(intake, layout, found);
  if (apart) await visitNodes(files, places, {intake, nodes, visitor, api});
  return {
    snapshot: {...api, evidence: {...api.evidence, ...nodes.evidence(), ...secondLook(intake, files.name)}},
    layout: layout.id,
    notes: [...files.notes, ...(files.damage === undefined ? [] : [files.damage]), ...intake.notes],
  };
}

/** What a second look found, where one was taken: without its time nobody knows how far apart the two are. */
function secondLook({second}: Intake, name: string): Snapshot['evidence'] {
  if (second?.timestamp === undefined) return {};
  second.nodes.into(second.assembler);
  return {
    secondLook: collected(
      second.assembler.build({kind: 'capture', name, collectedAt: second.timestamp}),
      second.notes[0] === undefined ? undefined : missing('failed', second.notes[0]),
    ),
  };
}

/** Makes a Node of each that has files, with nothing but its name and system: what is judged by its files alone is judged. */
function addNodes({assembler}: Intake, places: Iterable<Place>): void {
  const systems = new Map(
    [...places].flatMap(place => (place.role === 'node' ? [[place.node, place.os]] : [])),
  );
  for (const [name, os] of systems) {
    const metadata = {name, labels: {'kubernetes.io/os': os}};
    assembler.add('nodes', [{apiVersion: 'v1', kind: 'Node', metadata}]);
  }
}

/** Reads the files of nodes, and hands each node over with its last one. */
async function visitNodes(
  files: CaptureFiles,
  places: ReadonlyMap<string, Place>,
  {intake, nodes, visitor, api}: {intake: Intake; nodes: CapturedNodes; visitor: NodeVisitor; api: Snapshot},
): Promise<void> {
  const own = new Map([...places].flatMap(([path, place]) => (place.role === 'node' ? [[path, place]] : [])));
  const left = new Map<string, number>();
  for (const {node} of own.values()) left.set(node, (left.get(node) ?? 0) + 1);
  const rounds = new NodeRounds(intake.nodes, visitor, api);
  for await (const content of files.read(new Set(own.keys()))) {
    const place = own.get(content.path);
    if (!place) continue;
    intake.take(content, place);
    const rest = (left.get(place.node) ?? 0) - 1;
    left.set(place.node, rest);
    if (rest > 0) continue;
    nodes.declare(place.node);
    rounds.ended(place.node);
  }
  await rounds.end();
}

/** States everything of the API that is not there. Of kinds that nothing is missing of and nothing was seen, there are none. */
function fillGaps(
  intake: Intake,
  layout: Layout,
  {paths, damage}: {paths: readonly string[]; damage: string | undefined},
): void {
  const {assembler} = intake;
  const lacking = new Set<string>();
  if (damage !== undefined) {
    for (const {key} of RESOURCES) assembler.miss(key, missing('failed', damage));
  }
  for (const [key, gap] of layout.gaps(intake.reading(paths))) {
    assembler.miss(key, gap);
    lacking.add(key);
  }
  for (const {key} of RESOURCES) if (!lacking.has(key) && damage === undefined) assembler.add(key, []);
  if (!intake.hasVersion) {
    assembler.set(
      'version',
      missing('unsupported', `${layout.title} does not tell the API server's version`),
    );
  }
  for (const gap of intake.manifest?.missing ?? []) {
    const place = layout.place(gap.what);
    if (place?.role === 'log') intake.logs.without(place, missing(reasonOf(gap), gap.detail));
  }
  assembler.set('pod.logs', intake.logs.evidence(layout.title));
}

/**
 * When a capture was collected: as it says itself, else the newest sign of life in it, else its name, else its newest file
 * or object. Names have no time zone and files get copied, so signs of life come before both.
 */
function timeOf(intake: Intake, name: string, listed: readonly CaptureFile[]): string | undefined {
  const {manifest, timestamp, newest} = intake;
  const declared = millis(manifest?.time);
  if (declared !== undefined) return rfc3339(declared);
  return (
    timestamp ??
    newest.lived ??
    timeInName(name) ??
    timeInName(listed[0]?.path ?? '') ??
    newestOf([newest.created, ...listed.map(f => f.modified)])
  );
}

function newestOf(times: readonly (string | undefined)[]): string | undefined {
  let newest: number | undefined;
  for (const time of times) {
    const at = millis(time);
    if (at !== undefined && (newest === undefined || at > newest)) newest = at;
  }
  return newest === undefined ? undefined : rfc3339(newest);
}

function unrecognized(files: CaptureFiles, paths: readonly string[], intake: Intake): UnrecognizedCapture {
  const kinds = [...intake.otherKinds].sort();
  const why = (): string => {
    if (paths.length === 0) return 'it has no files';
    if (kinds.length > 0) return `its objects are of no kind that is looked at (${names(kinds)})`;
    if (intake.notes[0] !== undefined) return intake.notes[0];
    if (paths.length === 1) return 'it holds no Kubernetes objects';
    return `none of its ${paths.length} files (${names(paths)}) holds Kubernetes objects`;
  };
  return new UnrecognizedCapture(`${files.name} is no capture that can be read: ${why()}`);
}
