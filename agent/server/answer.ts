import type {ServerResponse} from 'node:http';
import {JSON_TYPE} from '../../src/protocol/routes.ts';
import type {ErrorAnswer} from '../../src/protocol/routes.ts';
import type {Refusal} from './refusal.ts';

/** Answers with JSON, framed by its length. */
export function answerJson(
  response: ServerResponse,
  status: number,
  value: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  response.writeHead(status, {
    'content-type': JSON_TYPE,
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

/** Answers that a request is refused. `close` ends the connection: what is left of the request is not read. */
export function answerRefusal(response: ServerResponse, refusal: Refusal, close: boolean): void {
  const {status, error, message: detail, headers} = refusal;
  answerJson(response, status, {error, detail} satisfies ErrorAnswer, {
    ...headers,
    ...(close && {connection: 'close'}),
  });
}
