import {createHash, timingSafeEqual} from 'node:crypto';

/**
 * What a listener and its prober say to one another. The listener speaks first and proves that it knows the nonce, so that a
 * prober sends nothing to whoever else listens there; the prober then sends the nonce and a length, the listener one byte,
 * the prober so many bytes in one piece, the listener one byte.
 */
export const NONCE_BYTES = 16;
/** Bytes of the nonce and the length after it. */
export const HEADER_BYTES = NONCE_BYTES + 4;
/** More than any interface sends as one packet. */
export const MAX_PAYLOAD = 9216;
export const SEEN = Buffer.of(1);

/** What a listener says first: 32 bytes. */
export function greetingOf(nonce: string): Buffer {
  return createHash('sha256').update(`kubectl-win listener ${nonce}`).digest();
}

/** The header that a prober sends. */
export function headerOf(nonce: string, length: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(nonce, 'hex');
  header.writeUInt32BE(length, NONCE_BYTES);
  return header;
}

/** The length that a prober announces; undefined where it does not know the nonce, or announces too much. */
export function lengthIn(header: Buffer, nonce: string): number | undefined {
  const isKnown = timingSafeEqual(header.subarray(0, NONCE_BYTES), Buffer.from(nonce, 'hex'));
  const length = header.readUInt32BE(NONCE_BYTES);
  return isKnown && length <= MAX_PAYLOAD ? length : undefined;
}
