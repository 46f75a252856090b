/** Names that stand for devices in every folder of Windows, with any ending (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/i;
/** What Windows takes in no name; what it drops at the end of one. */
const NOT_IN_NAMES = /[<>"|?*\\\p{Cc}]|[. ]$/u;
/** Windows writes what follows a colon into a stream of another file; elsewhere objects of a must-gather have it in their names. */
const isWindows = process.platform === 'win32';
/** Bytes of a name (Linux), and characters of a path that leave room for the folder that it is put in (`PATH_MAX` is 4,096). */
const MAX_NAME = 255;
const MAX_PATH = 2048;
/** Folders in one another: a tree is removed by recursion. */
const MAX_FOLDERS = 100;

/**
 * Says of the paths of a capture, one after the other, which cannot be put down as files, so that what is written opens on every
 * system, and no file takes the place of another: undefined where one can.
 */
export class Storable {
  /** Files and folders so far, as file systems that do not tell upper from lower case see them. */
  readonly #taken = new Map<string, {path: string; isFolder: boolean}>();

  /** Why a path cannot be put down: one clause. */
  fault(path: string): string | undefined {
    if (path.length > MAX_PATH) return 'its path is too long';
    const names = path.split('/');
    if (names.length > MAX_FOLDERS) return 'it lies in too many folders';
    const bad = names.find(
      name => DEVICE.test(name) || NOT_IN_NAMES.test(name) || (isWindows && name.includes(':')),
    );
    if (bad !== undefined) return 'its name is none that every system takes';
    if (names.some(name => Buffer.byteLength(name) > MAX_NAME)) return 'its name is too long';
    return this.#take(names);
  }

  #take(names: readonly string[]): string | undefined {
    const wanted = names.map((_, i) => ({
      path: names.slice(0, i + 1).join('/'),
      isFolder: i < names.length - 1,
    }));
    for (const {path, isFolder} of wanted) {
      const there = this.#taken.get(folded(path));
      if (there && (there.path !== path || !there.isFolder || !isFolder))
        return `${there.path} has the same name for systems that do not tell upper from lower case`;
    }
    for (const one of wanted) this.#taken.set(folded(one.path), one);
    return undefined;
  }
}

function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
