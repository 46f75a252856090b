/** One regular file of a capture. */
export interface CaptureFile {
  /** Relative, `/` between names, without `.` or `..`. */
  path: string;
  /** Bytes, unpacked. */
  size: number;
  /** RFC 3339, where the directory or archive says so. */
  modified?: string;
}

/** A file's content, or as much of it as could be had. */
export interface FileContent {
  path: string;
  bytes: Uint8Array;
  /** One clause that says why `bytes` is not the whole file. */
  problem?: string;
  /** Of the whole file, also where `bytes` is not; only where the capture was opened for it. */
  sha256?: string;
}

/** How files are read, where not as a whole. */
export interface ReadHow {
  /** Of a file for which it says so no more bytes than that are read. */
  atMost?: (path: string) => number | undefined;
  /**
   * What takes the pieces of a file as they come, so that it is never in memory as a whole; its `bytes` are empty then. A piece may not be kept:
   * its memory is used again. Files that are in memory anyway come as a whole all the same.
   */
  into?: (path: string) => TakePiece | undefined;
}

/** Takes a piece of a file. */
export type TakePiece = (piece: Uint8Array) => void;

/**
 * The files of a capture, wherever they lie: a directory, an archive, one file. Opening one refuses what is hostile, so
 * every path here is harmless, and reading never writes anything.
 */
export interface CaptureFiles {
  /** As the user named it. */
  readonly name: string;
  /** All files, sorted by path. */
  list(): readonly CaptureFile[];
  /** What could not be listed or was left out: one sentence each. */
  readonly notes: readonly string[];
  /** Set where the archive ends too early or is damaged: files may be missing that it once held. */
  readonly damage?: string;
  /** Reads files one after the other, in the order that is cheapest; each is let go before the next. */
  read(paths: ReadonlySet<string>, how?: ReadHow): AsyncIterable<FileContent>;
}

/** Nothing in a capture is of any layout that can be read. */
export class UnrecognizedCapture extends Error {
  override readonly name = 'UnrecognizedCapture';
}
