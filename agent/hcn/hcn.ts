import type {HcnType} from './families.ts';

/** An open object; only `close` ends it. */
export type HcnHandle = bigint;

/**
 * The Host Compute Network service, read-only. Texts are its answers as they came. Every function throws `HcnError` where the
 * service answers an error, and `UnsupportedError` where this Windows does not have it. On Windows `native.ts` makes it.
 */
export interface Hcn {
  /** JSON array of the GUIDs of all objects of a kind. */
  enumerate(type: HcnType): string;
  /** Opens the object of a GUID, in any spelling. */
  open(type: HcnType, id: string): HcnHandle;
  /** The object as JSON. */
  properties(type: HcnType, handle: HcnHandle): string;
  close(type: HcnType, handle: HcnHandle): void;
  /** The whole response of `HNSCall("GET", path)`: `{"Success", "Error", "ErrorCode", "Output"}`. */
  get(path: string): string;
}
