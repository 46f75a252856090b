/** Milliseconds for one collector of the runtime; a hundred pods take well under one second. */
export const TIMEOUT_MS = 20_000;
/** Bytes of one file: 250 pods with four containers each make about 4 MB. */
export const MAX_BYTES = 16 * 1024 * 1024;
