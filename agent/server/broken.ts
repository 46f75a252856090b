import type {Duplex} from 'node:stream';
import {STATUS_CODES} from 'node:http';
import type {ErrorAnswer} from '../../src/protocol/routes.ts';
import {REFUSALS} from './refusal.ts';
import type {RefusalName} from './refusal.ts';

const OF_CODE: Readonly<Record<string, RefusalName>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
};

const WORDS: Partial<Record<RefusalName, string>> = {
  'headers-too-large': 'the headers are larger than this agent takes',
  'too-slow': 'the request did not come in time',
};

/** Answers bytes that are no HTTP request, or came too slowly, and ends the connection. */
export function refuseBroken(error: Error & {code?: string}, socket: Duplex): void {
  // With an answer under way a second one would be taken for a part of it.
  if (!socket.writable || ('bytesWritten' in socket && socket.bytesWritten !== 0)) {
    socket.destroy();
    return;
  }
  const name = OF_CODE[error.code ?? ''] ?? 'bad-request';
  const answer: ErrorAnswer = {error: name, detail: WORDS[name] ?? 'this is no HTTP request'};
  const body = `${JSON.stringify(answer)}\n`;
  const status = REFUSALS[name];
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  );
}
