/** The part of yauzl that is used (https://github.com/thejoshwolfe/yauzl#api). */
declare module 'yauzl' {
  import type {Readable} from 'node:stream';

  export interface Entry {
    fileNameRaw: Buffer;
    extraFields: {id: number; data: Buffer}[];
    generalPurposeBitFlag: number;
    compressionMethod: number;
    compressedSize: number;
    uncompressedSize: number;
    externalFileAttributes: number;
    versionMadeBy: number;
    canDecodeFileData(): boolean;
    isEncrypted(): boolean;
    getLastModDate(options?: {timezone?: 'local' | 'UTC'}): Date;
  }

  export interface ZipFile {
    entryCount: number;
    eachEntry(): AsyncIterableIterator<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  }

  export interface OpenOptions {
    autoClose?: boolean;
    decodeStrings?: boolean;
    validateEntrySizes?: boolean;
  }

  export function openPromise(path: string, options: OpenOptions): Promise<ZipFile>;
  export function fromBufferPromise(buffer: Buffer, options: OpenOptions): Promise<ZipFile>;
}
