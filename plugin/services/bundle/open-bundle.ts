import {MANIFEST_FILE} from '../../../src/bundle/own-files.ts';
import type {CaptureFile, CaptureFiles} from '../../../src/capture/files.ts';
import {decodeText} from '../../../src/capture/decode.ts';
import type {LayoutId} from '../../../src/capture/layout.ts';
import type {BundleManifest} from '../../../src/capture/manifest.ts';
import {readManifest} from '../../../src/capture/manifest.ts';
import {recognize} from '../../../src/capture/recognize.ts';
import type {OpenOptions} from '../../capture/open.ts';
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
}

/** Opens a capture and reads its manifest, if it has one. Throws a `UserError`. */
export async function openBundle(path: string, how: OpenOptions): Promise<OpenBundle> {
  const files = await openCapture(path, how);
  const listed = files.list();
  const {layout, root} = recognize(listed.map(file => file.path));
  let manifest: BundleManifest | undefined;
  for await (const {bytes} of files.read(new Set([root + MANIFEST_FILE]))) manifest = parse(bytes);
  return {files, listed, layout: layout.id, title: layout.title, root, manifest};
}

function parse(bytes: Uint8Array): BundleManifest | undefined {
  try {
    return readManifest(JSON.parse(decodeText(bytes).text), '', undefined);
  } catch {
    return undefined;
  }
}
