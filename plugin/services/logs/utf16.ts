import {TextDecoder} from 'node:util';

/** UTF-16 in the two orders of its bytes, by the mark that begins it (https://encoding.spec.whatwg.org/#bom-sniff). */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [a, b] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** Makes UTF-8 of a log that PowerShell's `>` wrote as UTF-16; others pass as they are. Broken pairs become U+FFFD. */
export async function* asUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) {
      const encoding = utf16Of(chunk);
      if (encoding) decoder = new TextDecoder(encoding);
      isFirst = false;
    }
    yield decoder ? Buffer.from(decoder.decode(chunk, {stream: true})) : chunk;
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield Buffer.from(rest);
}
