import {RESOURCES} from '../kube/resources.ts';
import {missing} from '../snapshot/evidence.ts';
import {NODE_KEYS} from '../node/evidence.ts';
import {nodeFileOf} from '../node/paths.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {millis, rfc3339} from '../snapshot/time.ts';
import type {CaptureFile, CaptureFiles} from './files.ts';
import {UnrecognizedCapture} from './files.ts';
import {names} from './gaps.ts';
import {Intake} from './intake.ts';
import type {Layout, LayoutId} from './layout.ts';
import {placesOf} from './layout.ts';
import {reasonOf} from './manifest.ts';
import {timeInName} from './moment.ts';
import {recognize} from './recognize.ts';

/** How a capture is to be judged. */
export interface LoadOptions {
  /** The moment to judge at; by default the one at which it was collected. */
  now?: string;
  /** When it was collected, if nothing in it tells. */
  fallbackTime: string;
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
  for await (const content of files.read(new Set(places.keys()))) {
    const place = places.get(content.path);
    if (place) intake.take(content, place);
  }
  if (layout.id === 'objects' && intake.isEmpty) throw unrecognized(files, paths, intake);
  fillGaps(intake, layout, {paths: paths.map(p => p.slice(root.length)), damage: files.damage});
  const collectedAt = timeOf(intake, files.name, listed) ?? options.fallbackTime;
  return {
    snapshot: intake.assembler.build(
      {kind: 'capture', name: files.name, collectedAt},
      options.now ?? collectedAt,
    ),
    layout: layout.id,
    notes: [...files.notes, ...(files.damage === undefined ? [] : [files.damage]), ...intake.notes],
  };
}

/** States everything that is not there. Of kinds that nothing is missing of and nothing was seen, there are none. */
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
  nodeGaps(intake, layout, {paths, damage});
}

/**
 * What nodes told of themselves, and what is missing of it. Other layouts than ours have none of it, and neither has a bundle
 * that was made without an agent, for which nobody asked.
 */
function nodeGaps(
  {assembler, manifest, nodes}: Intake,
  layout: Layout,
  {paths, damage}: {paths: readonly string[]; damage: string | undefined},
): void {
  const there = new Set(paths);
  for (const {path} of manifest?.files ?? []) {
    const found = there.has(path) ? undefined : nodeFileOf(path);
    if (!found) continue;
    nodes.expect(found.node, found.os);
    nodes.without(
      found.node,
      found.file,
      missing('failed', `the manifest lists ${path}, and it is not there`),
    );
  }
  for (const gap of manifest?.missing ?? []) {
    if (gap.node === undefined) continue;
    if (gap.what === 'node.agent') nodes.lost(gap.node, missing(reasonOf(gap), gap.detail));
    else nodes.without(gap.node, gap.what, missing(reasonOf(gap), gap.detail));
  }
  if (damage !== undefined) nodes.loseAll(missing('failed', damage));
  nodes.into(assembler);
  if (!nodes.isEmpty) return;
  const declared = new Map(manifest?.missing.map(gap => [gap.what, gap]));
  const withoutAgent = layout.id === 'kubectl-win' && !paths.some(p => p.startsWith('host-collectors/'));
  for (const key of NODE_KEYS) {
    const gap = declared.get(key);
    if (gap) assembler.set(key, missing(reasonOf(gap), gap.detail));
    else if (!withoutAgent) {
      assembler.set(key, missing('unsupported', `no node state is read from ${layout.title}`));
    }
  }
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
