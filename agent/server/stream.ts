import type {ServerResponse} from 'node:http';

/** How an answer in parts ended, where not as it should. */
export class StreamEnd extends Error {
  override readonly name = 'StreamEnd';
  readonly outcome: 'client-gone' | 'stalled';

  constructor(outcome: 'client-gone' | 'stalled') {
    super(outcome === 'stalled' ? 'the client left the answer unread' : 'the client is gone');
    this.outcome = outcome;
  }
}

/**
 * Writes parts as they come, in chunks, no faster than the client reads. Returns the bytes written. Throws a
 * {@link StreamEnd} when the client is gone or reads nothing for `stallMs`. Whoever catches an error of this function
 * destroys the connection, so that the client sees no last chunk and knows that the answer is cut.
 */
export async function stream(
  response: ServerResponse,
  type: string,
  parts: AsyncIterable<Uint8Array | string>,
  stallMs: number,
): Promise<number> {
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.flushHeaders();
  let bytes = 0;
  for await (const part of parts) {
    if (response.destroyed) throw new StreamEnd('client-gone');
    bytes += typeof part === 'string' ? Buffer.byteLength(part) : part.length;
    if (!response.write(part)) await drained(response, stallMs);
  }
  if (response.destroyed) throw new StreamEnd('client-gone');
  response.end();
  return bytes;
}

async function drained(response: ServerResponse, stallMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      response.off('drain', onDrain).off('close', onClose);
      end();
    };
    const onDrain = (): void => settle(resolve);
    const onClose = (): void => settle(() => reject(new StreamEnd('client-gone')));
    const timer = setTimeout(() => settle(() => reject(new StreamEnd('stalled'))), stallMs);
    response.on('drain', onDrain).on('close', onClose);
  });
}
