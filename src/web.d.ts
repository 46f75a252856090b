/** Decodes bytes (https://encoding.spec.whatwg.org/#interface-textdecoder). Every runtime of today has it; `lib.es` does not. */
declare class TextDecoder {
  constructor(label?: string, options?: {fatal?: boolean; ignoreBOM?: boolean});
  decode(input?: Uint8Array): string;
}

/** Encodes text as UTF-8 (https://encoding.spec.whatwg.org/#interface-textencoder). */
declare class TextEncoder {
  encode(input?: string): Uint8Array;
  encodeInto(text: string, bytes: Uint8Array): {read: number; written: number};
}

/** Decodes and encodes base64 as strings of bytes (https://html.spec.whatwg.org/#atob). Both throw on what does not fit. */
declare function atob(data: string): string;
declare function btoa(data: string): string;
