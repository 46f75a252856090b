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
}

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
  /**
   * Reads files one after the other, in the order that is cheapest; each is let go before the next. Of a file for which `atMost`
   * says so no more bytes than that are read.
   */
  read(paths: ReadonlySet<string>, atMost?: (path: string) => number | undefined): AsyncIterable<FileContent>;
}

/** Nothing in a capture is of any layout that can be read. */
export class UnrecognizedCapture extends Error {
  override readonly name = 'UnrecognizedCapture';
}
