import {randomBytes} from 'node:crypto';
import type {Server, ServerResponse} from 'node:http';
import {createServer} from 'node:http';
import {UserError} from '../../../errors.ts';
import {EXIT} from '../../../../src/report/exit.ts';
import type {Keys} from './gate.ts';
import {ENTRANCE, cookieName, judgeRequest} from './gate.ts';
import type {Answer, Pages} from './pages.ts';
import {plain} from './pages.ts';

/** Headers of every answer: nothing is guessed, kept, framed, or told to others. */
const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A request is a line and a few headers. */
const MAX_HEADER_BYTES = 16 * 1024;
const TOKEN_BYTES = 32;

/** A server that listens. */
export interface Served {
  /** With the token in it: who has it may read everything. */
  address: string;
  close(): Promise<void>;
}

/** Serves pages on loopback only. Throws a `UserError` where the port is taken. */
export async function serveOn(port: number, pages: Pages): Promise<Served> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const session = randomBytes(TOKEN_BYTES).toString('base64url');
  let keys: Keys = {token, session, port};
  const server = createServer({maxHeaderSize: MAX_HEADER_BYTES}, (request, response) => {
    const verdict = judgeRequest(request, keys);
    if ('enter' in verdict) send(response, entered(keys));
    else if ('refuse' in verdict) send(response, refused(verdict));
    else
      pages.at(verdict.pass).then(
        answer => send(response, answer),
        (error: unknown) =>
          send(response, plain(500, error instanceof Error ? error.message : String(error))),
      );
  });
  await listening(server, port);
  const bound = server.address();
  keys = {...keys, port: typeof bound === 'object' && bound !== null ? bound.port : port};
  return {
    address: `http://127.0.0.1:${keys.port}${ENTRANCE}${token}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', cause => {
      const code = 'code' in cause ? String(cause.code) : 'error';
      const why = code === 'EADDRINUSE' ? 'something else listens there' : code;
      reject(
        new UserError(`port ${port} of 127.0.0.1 cannot be used: ${why}`, {
          code: 'port',
          fix: ['leave --port out: then a free one is taken'],
          exitCode: EXIT.usage,
          cause,
        }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

/**
 * Hands over the cookie and leads on: the token does not stay in the address, where histories and screenshots keep it. A
 * redirect would count as coming from where this was called, and a strict cookie is not sent along then.
 */
function entered({session, port}: Keys): Answer {
  const cookie = `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'set-cookie': cookie,
    },
    body: '<!DOCTYPE html><meta http-equiv="refresh" content="0; url=/"><title>kubectl win</title><a href="/">Report</a>\n',
  };
}

function refused({refuse, why}: {refuse: number; why: string}): Answer {
  const answer = plain(refuse, why);
  return refuse === 405 ? {...answer, headers: {...answer.headers, allow: 'GET'}} : answer;
}

function send(response: ServerResponse, {status, headers, body}: Answer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {...HEADERS, ...headers, 'content-length': bytes.length});
  response.end(bytes);
}
