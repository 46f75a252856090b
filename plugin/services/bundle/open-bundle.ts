import {MANIFEST_FILE} from '../../../src/bundle/own-files.ts';
import type {CaptureFile, CaptureFiles} from '../../../src/capture/files.ts';
import type {LayoutId} from '../../../src/capture/layout.ts';
import type {BundleManifest} from '../../../src/capture/manifest.ts';
import {recognize} from '../../../src/capture/recognize.ts';
import type {OpenOptions} from '../../capture/open.ts';
import {listMarked, manifestIn} from '../../capture/marked.ts';
import {openCapture} from '../../capture/open.ts';

/** A capture that was opened, whatever its layout. */
export interface OpenBundle {
  files: CaptureFiles;
  /** All files, with paths as the archive has them. */
  listed: readonly CaptureFile[];
  layout: LayoutId;
  title: string;
  /** Folder in which the layout begins: empty, or ending with a slash. */
  root: string;
  /** What our own bundles say of themselves. */
  manifest: BundleManifest | undefined;
  /** What could not be listed or was left out: one sentence each. */
  notes: readonly string[];
}

/** Opens a capture and reads its manifest, if it has one. Throws a `UserError`. */
export async function openBundle(path: string, how: OpenOptions): Promise<OpenBundle> {
  const files = await openCapture(path, how);
  const listed = files.list();
  const {layout, root} = recognize(listed.map(file => file.path));
  let manifest: BundleManifest | undefined;
  for await (const {bytes} of files.read(new Set([root + MANIFEST_FILE]))) manifest = manifestIn(bytes);
  const notes = files.damage === undefined ? files.notes : [files.damage, ...files.notes];
  return {files, listed, layout: layout.id, title: layout.title, root, manifest, notes};
}

/**
 * What {@link openBundle} says, but for the files themselves, of archives whose end points to their manifest: nothing else is read,
 * and the manifest is taken at its word. Undefined of all others.
 */
export async function glanceAtBundle(
  path: string,
  how: OpenOptions,
): Promise<Omit<OpenBundle, 'files'> | undefined> {
  const marked = await listMarked(path, how);
  if (!marked) return undefined;
  const {root, manifest, listed} = marked;
  const {layout, root: found} = recognize(listed.map(file => file.path));
  if (found !== root) return undefined;
  return {listed, layout: layout.id, title: layout.title, root, manifest, notes: []};
}
