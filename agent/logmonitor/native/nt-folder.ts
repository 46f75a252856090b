import {CollectError} from '../../collect/collector.ts';
import type {Handle} from '../../win32/api/library.ts';
import type {Folder} from '../node-view.ts';
import {closeHandle, finalPathOf, KIND, openHandle, readAll, reparseTagOf} from './nt-handle.ts';

/**
 * IO_REPARSE_TAG_WCI and _WCI_1: how the container filter marks a file whose contents lie in a layer of the image. It stands for
 * itself; every other reparse point may stand for something else
 * (https://learn.microsoft.com/openspecs/windows_protocols/ms-fscc/c8e77b37-3909-4fe6-a4ea-2b9d423b1ee4).
 */
const LAYER_TAGS: ReadonlySet<number> = new Set([0x8000_0018, 0x9000_1018]);

/** Opens a folder by its NT path: `\Device\VhdHardDisk{…}\`. Throws CollectError. */
export function openNtFolder(path: string): Folder {
  const handle = openHandle(0, path, KIND.folder);
  return closingOnThrow(handle, () => folderOf(handle, finalPathOf(handle)));
}

function folderOf(handle: Handle, path: string): Folder {
  return {
    folder(name) {
      const opened = openInside({handle, path}, name, KIND.folder);
      return folderOf(opened.handle, opened.path);
    },
    read(name, maxBytes) {
      const opened = openInside({handle, path}, name, KIND.file);
      try {
        return readAll(opened.handle, maxBytes);
      } finally {
        closeHandle(opened.handle);
      }
    },
    close: () => closeHandle(handle),
  };
}

interface Opened {
  handle: Handle;
  path: string;
}

/** Opens a name in a folder and refuses a link of any kind: by its tag, and because its own path is not below the folder's. */
function openInside(folder: Opened, name: string, kind: (typeof KIND)[keyof typeof KIND]): Opened {
  const handle = openHandle(folder.handle, name, kind);
  return closingOnThrow(handle, () => {
    const tag = reparseTagOf(handle);
    if (tag !== undefined && !LAYER_TAGS.has(tag))
      throw new CollectError(
        'denied',
        `${name} is a reparse point (tag 0x${tag.toString(16)}), which is refused`,
      );
    const path = finalPathOf(handle);
    const expected = `${folder.path.replace(/\\$/, '')}\\${name}`;
    if (path.toLowerCase() !== expected.toLowerCase())
      throw new CollectError('denied', `${name} leads out of its folder, which is refused`);
    return {handle, path};
  });
}

function closingOnThrow<T>(handle: Handle, use: () => T): T {
  try {
    return use();
  } catch (error) {
    closeHandle(handle);
    throw error;
  }
}
