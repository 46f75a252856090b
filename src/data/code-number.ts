const UINT32 = 2 ** 32;

/** A code of 32 bits as Windows tools print it: `0xc0000135`. */
export function hexOf(code: number): string {
  return `0x${toUint32(code).toString(16).padStart(8, '0')}`;
}

/** The unsigned value of a 32-bit code that may have been printed as a signed one: -1073741515 is 3221225781. */
export function toUint32(code: number): number {
  return code < 0 ? code + UINT32 : code;
}

/**
 * Reads a code as people find it in logs: `0xC0000135`, `3221225781`, `-1073741515`, `winapi error #3489792023`, or
 * eight hex digits without a prefix that cannot be decimal. The result is unsigned; `undefined` where it is no 32-bit code.
 */
export function parseCode(text: string): number | undefined {
  const trimmed = text
    .trim()
    .replace(/^winapi error\s*/i, '')
    .replace(/^#/, '');
  let code: number | undefined;
  if (/^0x[\da-f]{1,8}$/i.test(trimmed)) code = Number.parseInt(trimmed.slice(2), 16);
  else if (/^-?\d{1,10}$/.test(trimmed)) code = Number(trimmed);
  else if (/^[\da-f]{8}$/i.test(trimmed)) code = Number.parseInt(trimmed, 16);
  if (code === undefined || code < -(UINT32 / 2) || code >= UINT32) return undefined;
  return toUint32(code);
}
