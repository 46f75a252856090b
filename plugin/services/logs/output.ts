import type {ByteString} from '../../../src/logs/bytes.ts';

/** Where records are written to. */
export interface Output {
  put(bytes: ByteString): void;
  putBytes(bytes: Uint8Array): void;
  /** Whether it stops at a limit: then it wants each record by itself. */
  readonly isLimited: boolean;
  /** Whether it still needs the memory of bytes that it was given. */
  readonly isBehind: boolean;
}
