import koffi from 'koffi';
import type {Handle} from './library.ts';

/** Text of a buffer of UTF-16 units up to its first NUL, or its end. */
export function wideText(units: Buffer): string {
  const text = units.toString('utf16le');
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Text at a `PCWSTR`; empty where the pointer is null. */
export function wideAt(pointer: Handle | null): string {
  return pointer === null || BigInt(pointer) === 0n ? '' : koffi.decode.string16(pointer);
}

/** 100 ns units between 1601, where a FILETIME starts, and 1970 (MS-DTYP §2.3.3). */
const UNIX_EPOCH = 116_444_736_000_000_000n;

/** A FILETIME as RFC 3339 in UTC; null for 0, which Windows uses for "never". */
export function fileTime(units: bigint): string | null {
  return units === 0n ? null : new Date(Number((units - UNIX_EPOCH) / 10_000n)).toISOString();
}
