import type {MissingReason} from '../../src/snapshot/evidence.ts';

/** A line of `hns/errors.json` (CONTRACT §4.2). */
export interface ObjectError {
  /** What was called, with the object. */
  query: string;
  /** `0x803b0007`. */
  hresult: string;
  /** The same as an unsigned number, as error records have it. */
  code: number;
  message: string;
}

/**
 * What a native child writes, a line of JSON each, as soon as it is known: when a later call hangs or crashes, the objects
 * before it are with the parent already.
 */
export type ChildEvent =
  /** The file is an array, and this is its next element, as raw JSON. */
  | {event: 'item'; file: string; text: string}
  /** The whole file. */
  | {event: 'text'; file: string; text: string}
  /** Everything of the file has been sent. */
  | {event: 'end'; file: string}
  | {event: 'missing'; file: string; reason: MissingReason; detail: string}
  /** An object of the file that could not be read, while the others could. */
  | {event: 'error'; file: string; error: ObjectError};

/** Takes events of a child. */
export type Emit = (event: ChildEvent) => void;
