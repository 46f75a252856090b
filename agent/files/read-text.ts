import {decodeText} from '../../src/capture/decode.ts';
import {openBelow} from '../logs/files/open-below.ts';
import {readRange} from '../logs/files/read.ts';

/** The text of a file as far as it was read. */
export interface ReadText {
  text: string;
  /** Bytes of the file beyond what was read; 0 where it is whole. */
  skipped: number;
}

/**
 * Reads the first `maxBytes` of a file that lies in a folder itself; links out of it are refused. Nothing where there is no such
 * file. Throws CollectError.
 */
export async function readTextBelow(
  folder: string,
  name: string,
  maxBytes: number,
): Promise<ReadText | undefined> {
  const file = await openBelow(folder, name);
  if (!file) return undefined;
  try {
    const parts: Uint8Array[] = [];
    for await (const part of readRange(file.handle, 0, Math.min(file.size, maxBytes))) parts.push(part);
    return {text: decodeText(Buffer.concat(parts)).text, skipped: Math.max(0, file.size - maxBytes)};
  } finally {
    await file.handle.close();
  }
}
