/** Bytes of a key: as many as HMAC-SHA-256 gives (RFC 2104 §3: less weakens it, more adds nothing). */
export const KEY_BYTES = 32;
/** What 32 bytes look like in base64: anything else is a file that was mixed up. */
const KEY_TEXT = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Reads the entry `key` of the agents' Secret: a line for each key, 32 bytes in base64. The first one signs, every one is
 * accepted, which is how a key is rotated: add the new one below, wait until every node has both, swap, drop the old one.
 * Lines that are no key are left out.
 */
export function readKeys(text: string): Uint8Array[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => KEY_TEXT.test(line))
    .map(line => Uint8Array.from(atob(line), character => character.charCodeAt(0)));
}

/** Writes keys as {@link readKeys} reads them. */
export function formatKeys(keys: readonly Uint8Array[]): string {
  return keys.map(key => `${btoa(String.fromCharCode(...key))}\n`).join('');
}
