/** A text of no more bytes than allowed. */
export interface Capped {
  readonly text: string;
  /** UTF-8 length of it. */
  readonly bytes: number;
  /** UTF-8 length before it was cut; absent where it was not. */
  readonly whole?: number;
}

const CONTINUATION = 0b1100_0000;

/** Cuts a text to a number of UTF-8 bytes, between characters. */
export function cap(text: string, maxBytes: number): Capped {
  const whole = Buffer.byteLength(text);
  if (whole <= maxBytes) return {text, bytes: whole};
  const bytes = Buffer.from(text);
  let end = maxBytes;
  // 10xxxxxx is the middle of a character (RFC 3629 §3).
  while (end > 0 && ((bytes[end] ?? 0) & CONTINUATION) === 0b1000_0000) end--;
  return {text: bytes.toString('utf8', 0, end), bytes: end, whole};
}
