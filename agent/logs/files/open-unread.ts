import {rotatedFiles} from './find.ts';
import {openBelow} from './open-below.ts';
import type {OpenFile} from './open-below.ts';

/**
 * Opens the files of a log whose versions are not among those read, the oldest first: rotated ones, then the live one. The live
 * one is opened before the others are listed; where it is among them a moment later, what came after it waits for the next
 * look. So nothing is missed, whenever a rotation falls. Throws CollectError where the live file is a link or closed to us.
 */
export async function openUnread(
  folder: string,
  live: string,
  read: ReadonlySet<string> = new Set(),
): Promise<OpenFile[]> {
  const current = await openBelow(folder, live);
  const files: OpenFile[] = [];
  for (const name of await rotatedFiles(folder, live)) {
    const file = await openBelow(folder, name).catch(() => undefined);
    if (!file) continue;
    if (file.identity === current?.identity) {
      await file.handle.close();
      break;
    }
    if (read.has(versionOf(file))) await file.handle.close();
    else files.push(file);
  }
  return current ? [...files, current] : files;
}

/** Tells versions of files apart: an identity is used again when a file is deleted; a file that was rotated does not change its time any more. */
export function versionOf({identity, modifiedNs}: {identity: string; modifiedNs: bigint}): string {
  return `${identity}@${modifiedNs}`;
}
