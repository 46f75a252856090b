import type {IncomingMessage} from 'node:http';
import {bodyHash} from '../../src/protocol/signature.ts';
import {Refusal} from './refusal.ts';

/** Whether a request announces a body. */
export function hasBody({headers}: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** Reads a request's body, of which no byte is kept beyond the limit. Throws a {@link Refusal}, also where its hash is another. */
export async function readBody(request: IncomingMessage, maxBytes: number, hash: string): Promise<Buffer> {
  const tooLarge = new Refusal('too-large', `the body is larger than ${maxBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge;
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (bodyHash(body) !== hash)
    throw new Refusal('wrong-signature', 'the body is not the one that was signed');
  return body;
}
