/** Decodes bytes (https://encoding.spec.whatwg.org/#interface-textdecoder). Every runtime of today has it; `lib.es` does not. */
declare class TextDecoder {
  constructor(label?: string, options?: {fatal?: boolean; ignoreBOM?: boolean});
  decode(input?: Uint8Array): string;
}
