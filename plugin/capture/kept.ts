import type {FileContent} from '../../src/capture/files.ts';
import {NODE_FILES_ROOT} from '../../src/node/paths.ts';

/**
 * Files of an archive that are kept from the first look at it. Small archives are kept whole. Of large ones everything but the state of
 * nodes is, as far as there is room, until it is read: it is read first, and some of it lies at the end of the archive.
 */
export class Kept {
  readonly #most: number;
  readonly #files = new Map<string, {content: FileContent; size: number}>();
  #bytes = 0;
  #isLarge = false;

  /** `most`: bytes that may be kept. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether a file of so many bytes is to be kept. */
  wants(path: string, size: number): boolean {
    if (!this.#isLarge && this.#bytes + size > this.#most) {
      this.#isLarge = true;
      for (const at of this.#files.keys()) if (isOfNode(at)) this.#drop(at);
    }
    return this.#bytes + size <= this.#most && !(this.#isLarge && isOfNode(path));
  }

  put(content: FileContent, size: number): void {
    this.#files.set(content.path, {content, size});
    this.#bytes += size;
  }

  /** What is kept of these files. */
  *read(paths: ReadonlySet<string>): Generator<FileContent> {
    for (const [path, {content}] of this.#files) {
      if (!paths.has(path)) continue;
      if (this.#isLarge) this.#drop(path);
      yield content;
    }
  }

  #drop(path: string): void {
    this.#bytes -= this.#files.get(path)?.size ?? 0;
    this.#files.delete(path);
  }
}

const OF_NODE = new RegExp(`(?:^|/)${NODE_FILES_ROOT}/`);

function isOfNode(path: string): boolean {
  return OF_NODE.test(path);
}
