/**
 * The end of a `.tar.gz` of ours: a gzip member of its own that holds nothing, whose header tells where the member with the manifest
 * begins, where it stands itself, and the checksum of all before it. Whoever unpacks it sees nothing of it (RFC 1952: members follow one another, and extra fields are passed over); eStargz
 * ends its layers the same way.
 */

/** Magic, deflate, with an extra field, no time, no level, no system. */
const HEAD = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255];
/** Bytes of the extra field, its only part's name (`KW`), bytes of that. */
const FIELD = [24, 0, 0x4b, 0x57, 20, 0];
/** One empty block, its checksum and its size. */
const NOTHING = [3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const PLACE_AT = HEAD.length + FIELD.length;

const TOLD_BYTES = 20;

/** Bytes of a mark. */
export const MARK_BYTES = PLACE_AT + TOLD_BYTES + NOTHING.length;

/** What the end of an archive tells. */
export interface Mark {
  /** Where the member with the manifest begins. */
  place: number;
  /** Bytes of the archive before its end. */
  before: number;
  /** CRC-32 of these. */
  crc: number;
}

/** The member that ends an archive. */
export function tailMark({place, before, crc}: Mark): Uint8Array {
  const told = Buffer.alloc(TOLD_BYTES);
  told.writeBigUInt64LE(BigInt(place));
  told.writeBigUInt64LE(BigInt(before), 8);
  told.writeUInt32LE(crc, 16);
  return Buffer.concat([Buffer.from([...HEAD, ...FIELD]), told, Buffer.from(NOTHING)]);
}

/** What the last bytes of an archive of so many tell, where they are its mark: of two that were put together they are not. */
export function markIn(tail: Uint8Array, size: number): Mark | undefined {
  if (tail.length !== MARK_BYTES) return undefined;
  const told = Buffer.from(tail).subarray(PLACE_AT);
  const mark = {
    place: Number(told.readBigUInt64LE()),
    before: size - MARK_BYTES,
    crc: told.readUInt32LE(16),
  };
  return mark.place < mark.before && Buffer.compare(tailMark(mark), tail) === 0 ? mark : undefined;
}
